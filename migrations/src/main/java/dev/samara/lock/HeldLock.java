package dev.samara.lock;

import java.util.Optional;

import dev.samara.Internal;
import dev.samara.SamaraException;
import dev.samara.postgres.PostgresConnection;
import dev.samara.postgres.TableName;

/**
 * A lock that is held. Closing it releases it.
 *
 * @since 0.1.0
 */
@Internal
public sealed interface HeldLock extends AutoCloseable permits AdvisoryLock, Lease {

	/**
	 * Return whether somebody holds the lock of a schema.
	 * @param connection a connection to the database
	 * @param mark the mark of the environment, with its schema
	 * @return whether somebody is working now
	 */
	static boolean isHeld(PostgresConnection connection, TableName mark) {
		return holder(connection, mark).isPresent();
	}

	/**
	 * Find who holds the lock of a schema.
	 * @param connection a connection to the database
	 * @param mark the mark of the environment, with its schema
	 * @return the holder, with its session or its lease
	 */
	static Optional<LockHolder> holder(PostgresConnection connection, TableName mark) {
		return AdvisoryLock.holder(connection, LockKey.of(mark)).or(() -> new LeaseTable(connection, mark).holder());
	}

	/**
	 * Return the end of a statement {@code INSERT … SELECT values} that fails unless the
	 * lock is still held, and keeps it from being taken before the transaction ends.
	 * @return {@code FROM} and {@code WHERE}, with a space before them; empty if the lock
	 * cannot be lost without the session
	 */
	String fence();

	/**
	 * Return whether a failure is the consequence of a lost lock.
	 * @param failure what happened
	 * @param what what has failed, as in "db/migration/V1__a.sql"
	 * @param whatStays what stays of it, a sentence
	 * @return the exception to throw instead, if the lock is lost
	 */
	Optional<LeaseLostException> loss(SamaraException failure, String what, String whatStays);

	/**
	 * Return whether the lock is known to be lost, before anything else is begun. Asks
	 * nobody.
	 * @param next what would run next, as in "db/migration/V2__b.sql"
	 * @return the exception to throw, if so
	 */
	Optional<LeaseLostException> loss(String next);

	/**
	 * Release the lock.
	 */
	@Override
	void close();

}
