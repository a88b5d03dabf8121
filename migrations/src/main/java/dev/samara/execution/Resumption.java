package dev.samara.execution;

import dev.samara.Internal;

/**
 * What an earlier run has left of a script that is not one transaction.
 *
 * @param statementsDone number of statements that are done, up to the end of a segment
 * @param isInterrupted whether that run just stopped, without having recorded a failure,
 * so that the statement after them may be done, half done or not done
 * @since 0.1.0
 */
@Internal
public record Resumption(int statementsDone, boolean isInterrupted) {

	/** Nothing is done. */
	public static final Resumption NONE = new Resumption(0, false);

}
