package dev.samara.seed.data;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.samara.Internal;
import dev.samara.SamaraException;

/**
 * Makes rows that stand in no file. A row depends on nothing but its number and what
 * {@link #ready} was given, so that rows can be made again, in any order.
 *
 * @since 0.1.0
 */
@Internal
public interface RowMaker {

	/**
	 * Return the columns that get a value.
	 * @return their names, in the order of the values
	 */
	List<String> columns();

	/**
	 * Return how many rows there are.
	 * @return the number, at least 1
	 */
	long rows();

	/**
	 * Return where the file says what a column holds.
	 * @param column the name of the column
	 * @return its line, counted from 1; 0 if it does not
	 */
	int lineOf(String column);

	/**
	 * Return what the values refer to.
	 * @return the keys that are needed, by the column that refers to them
	 */
	Map<String, Wanted> references();

	/**
	 * Make ready for the first row.
	 * @param keys the keys of the tables that are referred to, by referring column
	 * @param problems told what cannot be made
	 * @return a maker that has what it needs
	 */
	RowMaker ready(Map<String, List<String>> keys, Complaints problems);

	/**
	 * Make a row.
	 * @param number the row, counted from 1
	 * @return its values as the server reads them, to be used before the next call
	 * @throws NotMadeException if a value cannot be made
	 */
	@Nullable String[] make(long number);

	/**
	 * Keys of another table.
	 *
	 * @param table the table
	 * @param column its column, or {@code null} for the one the foreign key points to, or
	 * else the primary key
	 */
	record Wanted(QualifiedName table, @Nullable String column) {

	}

	/**
	 * Told what is wrong with a file.
	 */
	@FunctionalInterface
	interface Complaints {

		/**
		 * Add a problem.
		 * @param line the line, counted from 1
		 * @param message what is wrong, with names and without values
		 * @param remedy what to do about it
		 */
		void add(long line, String message, String remedy);

	}

	/**
	 * Thrown when a value cannot be made, although its column is in order.
	 */
	final class NotMadeException extends SamaraException {

		private final String column;

		private final transient @Nullable RuntimeException failure;

		/**
		 * Create an exception.
		 * @param column the name of the column
		 * @param failure what was thrown; not the cause, as its message may hold a value
		 */
		public NotMadeException(String column, RuntimeException failure) {
			super("Column \"" + column + "\" cannot be made (" + failure.getClass().getName() + ")",
					"Correct what the file says of the column.", null);
			this.column = column;
			this.failure = failure;
		}

		String column() {
			return this.column;
		}

		RuntimeException failure() {
			return (this.failure != null) ? this.failure : this;
		}

	}

}
