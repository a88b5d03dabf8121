package dev.samara.execution;

import java.sql.SQLException;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.samara.postgres.PostgresConnection;
import dev.samara.sql.ConcurrentDetach;
import dev.samara.sql.ConcurrentIndex;
import dev.samara.sql.ConcurrentReindex;
import dev.samara.sql.SqlStatement;

/**
 * What a statement needs that does its work in several transactions of its own: an
 * interruption may leave it half done, or done.
 */
interface ConcurrentWork {

	/**
	 * Find what a statement needs.
	 */
	static ConcurrentWork of(PostgresConnection connection, SqlStatement statement) {
		Optional<ConcurrentWork> index = ConcurrentIndex.of(statement)
			.map((build) -> new IndexBuild(connection, statement, build));
		return index.or(() -> ConcurrentReindex.of(statement).map((reindex) -> new IndexRebuild(connection, reindex)))
			.or(() -> ConcurrentDetach.of(statement).map((detach) -> new PartitionDetach(connection, detach)))
			.orElseGet(() -> new OtherWork(statement));
	}

	/**
	 * Prepare, and take away what an earlier attempt has left.
	 * @param wasInterrupted whether an earlier run was interrupted in this very statement
	 * @return whether nothing is left to do
	 */
	boolean isDone(boolean wasInterrupted) throws SQLException;

	/**
	 * Return whether an error means that the work is done, because the server has
	 * finished it after the last run was interrupted.
	 */
	boolean isDoneAfter(String sqlState, boolean wasInterrupted);

	/**
	 * Take away what the failed statement has left. Never fails.
	 */
	void cleanUp();

	/**
	 * Return what to do about an error, or {@code null} if there is nothing special.
	 */
	@Nullable String remedy(String sqlState);

}
