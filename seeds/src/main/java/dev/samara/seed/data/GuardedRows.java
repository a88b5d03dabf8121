package dev.samara.seed.data;

import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;

import dev.samara.seed.data.RowMaker.NotMadeException;

/**
 * Tells the row of what nobody has expected, such as an error of a library that reads or
 * makes values. Its message may hold a value, so that only its class is told.
 */
final class GuardedRows implements RowReader {

	private final DataFile file;

	private final RowReader rows;

	private long number;

	private GuardedRows(DataFile file, RowReader rows) {
		this.file = file;
		this.rows = rows;
	}

	static RowReader open(DataFile file, Opener opener) throws IOException {
		try {
			return new GuardedRows(file, opener.open());
		}
		catch (DataLoadException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			throw DataLoadException.unexpected(file, 0, "The file cannot be read", ex);
		}
	}

	@Override
	public List<Field> fields(Predicate<String> isJson) {
		return this.rows.fields(isJson);
	}

	@Override
	public void bind(List<ValueKind> kinds, Predicate<String> mayLack) {
		this.rows.bind(kinds, mayLack);
	}

	@Override
	public boolean next(CopyText row) throws IOException {
		this.number++;
		try {
			return this.rows.next(row);
		}
		catch (DataLoadException ex) {
			throw ex;
		}
		catch (NotMadeException ex) {
			RowMaker maker = this.file.maker();
			throw DataLoadException.unexpected(this.file, (maker != null) ? maker.lineOf(ex.column()) : 0,
					"row " + this.number + ", column " + ex.column() + ": its value cannot be made", ex.failure());
		}
		catch (RuntimeException ex) {
			throw DataLoadException.unexpected(this.file, this.rows.line(),
					"row " + this.number + ": it cannot be read", ex);
		}
	}

	@Override
	public long line() {
		return this.rows.line();
	}

	@Override
	public void close() throws IOException {
		this.rows.close();
	}

	/**
	 * Opens a file.
	 */
	@FunctionalInterface
	interface Opener {

		RowReader open() throws IOException;

	}

}
