package dev.samara.seed.data;

/**
 * Something that is wrong with a data file, or with one of its rows.
 *
 * @param path the file
 * @param line where the row or the problem begins, counted from 1; 0 for the file as a
 * whole
 * @param column where it begins in the line, counted from 1; 0 for the line as a whole
 * @param message what is wrong, with names and without values
 * @param remedy what to do about it
 * @since 0.1.0
 */
public record DataProblem(String path, long line, long column, String message, String remedy) {

	DataProblem(String path, long line, String message, String remedy) {
		this(path, line, 0, message, remedy);
	}

	@Override
	public String toString() {
		return place() + ": " + this.message;
	}

	String place() {
		return this.path + ((this.line > 0) ? ":" + this.line : "")
				+ ((this.line > 0 && this.column > 0) ? ":" + this.column : "");
	}

}
