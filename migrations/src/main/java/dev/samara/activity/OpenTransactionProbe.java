package dev.samara.activity;

import java.util.Set;

import dev.samara.Internal;
import dev.samara.postgres.PostgresConnection;

/**
 * Looks whether transactions that were in the way are still open.
 *
 * @since 0.1.0
 */
@Internal
public final class OpenTransactionProbe implements Probe {

	private final Set<String> transactions;

	private volatile State state = State.UNKNOWN;

	/**
	 * Create a probe.
	 * @param transactions the transactions, of {@link Blockage#transactions()}
	 */
	public OpenTransactionProbe(Set<String> transactions) {
		this.transactions = transactions;
	}

	@Override
	public void look(PostgresConnection connection) {
		this.state = BlockageQuery.isAnyOpen(connection, this.transactions) ? State.OPEN : State.ENDED;
	}

	/**
	 * Return what was seen last.
	 * @return the state, {@link State#UNKNOWN} before the first look
	 */
	public State state() {
		return this.state;
	}

	/**
	 * What became of the transactions.
	 */
	public enum State {

		/** Nobody has looked yet. */
		UNKNOWN,

		/** One of them at least is still open. */
		OPEN,

		/** All of them have ended. */
		ENDED

	}

}
