package dev.samara.seed;

import dev.samara.execution.Journal;

/**
 * Records that a seed was taken back by its script, which is one transaction.
 *
 * @param completed the statement that records it
 */
record RollbackJournal(String completed) implements Journal {

	@Override
	public boolean allowsParts() {
		return false;
	}

	@Override
	public String started(int done) {
		throw new IllegalStateException("The way back of a seed is one transaction");
	}

	@Override
	public String progressed(int done) {
		return started(done);
	}

}
