package dev.samara.seed.data;

import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;

/**
 * Reads the rows of a file one by one.
 */
interface RowReader extends AutoCloseable {

	/**
	 * Return the columns of the file.
	 * @param isJson whether a column of the table holds JSON, so that what looks like a
	 * reference is a value
	 * @return the columns, in the order {@link #next} writes them
	 */
	List<Field> fields(Predicate<String> isJson);

	/**
	 * Say what the columns are; needed before the first row.
	 * @param kinds how to write their values, in the order of the fields
	 * @param mayLack whether a row may leave a column out, which is {@code NULL} then
	 */
	void bind(List<ValueKind> kinds, Predicate<String> mayLack);

	/**
	 * Write the next row, without its end. What is wrong with it is added to the
	 * problems; it need not be complete then.
	 * @return whether there was one
	 * @throws DataLoadException if the file cannot be read on
	 */
	boolean next(CopyText row) throws IOException;

	/**
	 * Return the line the last row begins at.
	 * @return counted from 1
	 */
	long line();

	@Override
	void close() throws IOException;

}
