package dev.samara.activity;

import dev.samara.Internal;
import dev.samara.postgres.PostgresConnection;

/**
 * Looks who stands in the way of a session, and keeps what it has seen last.
 *
 * @since 0.1.0
 */
@Internal
public final class BlockageProbe implements Probe {

	private final int pid;

	private volatile Blockage seen = Blockage.NONE;

	/**
	 * Create a probe.
	 * @param pid process id of the backend of the session
	 */
	public BlockageProbe(int pid) {
		this.pid = pid;
	}

	@Override
	public void look(PostgresConnection connection) {
		lookNow(connection);
	}

	/**
	 * Look once.
	 * @param connection another session
	 * @return what is in the way now
	 */
	public Blockage lookNow(PostgresConnection connection) {
		Blockage now = BlockageQuery.blockage(connection, this.pid);
		if (!now.isEmpty()) {
			this.seen = now;
		}
		return now;
	}

	/**
	 * Return the last blockage there was.
	 * @return what was seen, even if the way is clear again
	 */
	public Blockage seen() {
		return this.seen;
	}

}
