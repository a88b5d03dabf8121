package dev.samara.execution;

import java.sql.SQLException;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import dev.samara.postgres.PostgresConnection;
import dev.samara.postgres.SqlStates;
import dev.samara.sql.ConcurrentDetach;

/**
 * One {@code DETACH PARTITION … CONCURRENTLY}. The server marks the partition first, and
 * takes it off when nobody uses it any more; an interruption in between leaves the mark,
 * and only {@code FINALIZE} gets on.
 */
final class PartitionDetach implements ConcurrentWork {

	private static final Log logger = LogFactory.getLog(PartitionDetach.class);

	/** PostgreSQL 13 has neither the statement nor the column. */
	private static final String PENDING = """
			SELECT (to_jsonb(i) ->> 'inhdetachpending')::boolean FROM pg_catalog.pg_inherits i
			WHERE inhparent = to_regclass(?) AND inhrelid = to_regclass(?)
			""";

	private static final String IS_THERE = "SELECT to_regclass(?) IS NOT NULL";

	private final PostgresConnection connection;

	private final ConcurrentDetach detach;

	PartitionDetach(PostgresConnection connection, ConcurrentDetach detach) {
		this.connection = connection;
		this.detach = detach;
	}

	@Override
	public boolean isDone(boolean wasInterrupted) throws SQLException {
		boolean isPending = this.connection.jdbc()
			.queryForList(PENDING, Boolean.class, this.detach.parent(), this.detach.partition())
			.contains(true);
		if (isPending) {
			logger.info("Partition " + this.detach.partition() + " of " + this.detach.parent()
					+ " is half detached, left by an attempt that did not finish; it is finished now");
			this.connection.send(this.detach.finalizeSql());
		}
		return isPending;
	}

	@Override
	public boolean isDoneAfter(String sqlState, boolean wasInterrupted) {
		return wasInterrupted && SqlStates.UNDEFINED_TABLE.equals(sqlState) && Boolean.TRUE
			.equals(this.connection.jdbc().queryForObject(IS_THERE, Boolean.class, this.detach.partition()));
	}

	@Override
	public void cleanUp() {
		// What is left can only be finished, which may take as long again.
	}

	@Override
	public @Nullable String remedy(String sqlState) {
		return SqlStates.OBJECT_NOT_IN_PREREQUISITE_STATE.equals(sqlState)
				? "If the partition is half detached, start again, or finish it by hand: " + this.detach.finalizeSql()
						+ ";"
				: null;
	}

}
