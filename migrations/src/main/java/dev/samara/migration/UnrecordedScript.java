package dev.samara.migration;

import dev.samara.execution.Journal;

/**
 * Records nothing of a script, but fails as a record would if the lock is lost.
 *
 * @param fence what a {@code SELECT} of values ends with to make sure that the lock is
 * still held, possibly nothing
 */
record UnrecordedScript(String fence) implements Journal {

	@Override
	public String started(int done) {
		return statement();
	}

	@Override
	public String progressed(int done) {
		return statement();
	}

	@Override
	public String completed() {
		return statement();
	}

	private String statement() {
		return "SELECT 'nothing to record'" + this.fence;
	}

}
