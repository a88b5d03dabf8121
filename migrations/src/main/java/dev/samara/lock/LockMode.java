package dev.samara.lock;

/**
 * How one process at a time is let in.
 *
 * @since 0.1.0
 */
public enum LockMode {

	/**
	 * The session's lock, and a refusal where a connection pooler stands between the
	 * application and the server: there it may not hold.
	 */
	AUTO,

	/**
	 * The session's lock. Holds on a direct connection, and behind a pooler in session
	 * mode.
	 */
	SESSION,

	/**
	 * A row in a table that its owner keeps alive. Holds everywhere, behind a pooler in
	 * transaction mode too. Takes a second connection of the data source.
	 */
	LEASE

}
