package dev.samara.execution;

import dev.samara.Internal;

/**
 * Records how far a script has come, in a history table of the caller's. Each method
 * returns a single SQL statement without semicolon, which the executor runs at the right
 * moment: the last one in the transaction of what it records.
 *
 * @since 0.1.0
 */
@Internal
public interface Journal {

	/**
	 * Return whether a script may be done in parts.
	 * @return {@code false} if it is one transaction or nothing
	 */
	default boolean allowsParts() {
		return true;
	}

	/**
	 * Return the statement that records that a script starts which is not one
	 * transaction.
	 * @param done statements that were done before
	 * @return the statement
	 */
	String started(int done);

	/**
	 * Return the statement that records that a part of such a script is done.
	 * @param done statements done so far
	 * @return the statement
	 */
	String progressed(int done);

	/**
	 * Return the statement that records that the script is done.
	 * @return the statement
	 */
	String completed();

}
