package dev.samara.seed.data;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A column of a file: a column of the table, or one of the key of a row of another table
 * that a column of the table refers to.
 *
 * @param column the column of the table
 * @param reference what the value is a key of, or {@code null} if it is the value itself
 */
record Field(String column, @Nullable Reference reference) {

	private static final Pattern CALL = Pattern.compile("(?<table>.+)\\((?<column>.+)\\)");

	/**
	 * A column by which rows of another table are known.
	 *
	 * @param table the table
	 * @param column the column
	 */
	record Reference(QualifiedName table, String column) {

	}

	/**
	 * Read a field of a header line: {@code name}, {@code species_id -> species.name} or
	 * {@code species_id -> species(name)}.
	 * @return the field, or {@code null} if it has another form
	 */
	static @Nullable Field parse(String text) {
		int arrow = text.indexOf("->");
		if (arrow < 0) {
			return text.isBlank() ? null : new Field(text.strip(), null);
		}
		String column = text.substring(0, arrow).strip();
		Reference reference = reference(text.substring(arrow + 2).strip());
		return (column.isEmpty() || reference == null) ? null : new Field(column, reference);
	}

	private static @Nullable Reference reference(String text) {
		Matcher call = CALL.matcher(text);
		List<String> table;
		List<String> column;
		if (call.matches()) {
			table = QualifiedName.parts(call.group("table"));
			column = QualifiedName.parts(call.group("column"));
		}
		else {
			List<String> parts = QualifiedName.parts(text);
			int last = Math.max(parts.size() - 1, 0);
			table = parts.subList(0, last);
			column = parts.subList(last, parts.size());
		}
		QualifiedName name = QualifiedName.of(table);
		return (name == null || column.size() != 1) ? null : new Reference(name, column.get(0));
	}

	@Override
	public String toString() {
		return (this.reference == null) ? this.column
				: this.column + " -> " + this.reference.table() + "(" + this.reference.column() + ")";
	}

}
