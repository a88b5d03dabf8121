package dev.samara.execution;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import dev.samara.execution.TableIndexes.Found;
import dev.samara.postgres.PostgresConnection;
import dev.samara.postgres.SqlLiteral;
import dev.samara.postgres.SqlStates;
import dev.samara.sql.ConcurrentIndex;
import dev.samara.sql.IndexDefinition;
import dev.samara.sql.MaskedSql;
import dev.samara.sql.SqlStatement;

/**
 * One {@code CREATE INDEX CONCURRENTLY}: what has to be done before it, and after it has
 * failed. An attempt that was killed or failed leaves an index that is invalid; one whose
 * application is gone may have been finished by the server.
 */
final class IndexBuild implements ConcurrentWork {

	private static final Log logger = LogFactory.getLog(IndexBuild.class);

	private final TableIndexes indexes;

	private final ConcurrentIndex index;

	private final String table;

	private final @Nullable IndexDefinition definition;

	/** What was there before the statement; unknown until somebody has looked. */
	private @Nullable Set<Long> before;

	IndexBuild(PostgresConnection connection, SqlStatement statement, ConcurrentIndex index) {
		this.indexes = new TableIndexes(connection);
		this.index = index;
		String name = SqlLiteral.name(index.table());
		this.table = (index.schema() != null) ? SqlLiteral.name(index.schema()) + "." + name : name;
		this.definition = IndexDefinition.of(statement.text()).orElse(null);
	}

	@Override
	public boolean isDone(boolean wasInterrupted) throws SQLException {
		boolean isDone = (this.index.index() != null) ? isNamedDone(this.index.index(), wasInterrupted)
				: isUnnamedDone(wasInterrupted);
		this.before = this.indexes.of(this.table).stream().map(Found::id).collect(Collectors.toSet());
		return isDone;
	}

	private boolean isNamedDone(String name, boolean wasInterrupted) throws SQLException {
		for (Found found : this.indexes.named(name, this.table)) {
			boolean isOfTable = this.indexes.of(this.table).stream().anyMatch((other) -> other.id() == found.id());
			if (!isOfTable) {
				warnOfOther(found, "it is on table " + found.table());
			}
			else if (!found.isValid()) {
				this.indexes.drop(found);
			}
			else if (surelyDiffers(found)) {
				warnOfOther(found, "its definition is another one: " + MaskedSql.of(found.definition(), 200));
			}
			else {
				return isFinished(found, wasInterrupted);
			}
		}
		return false;
	}

	private boolean surelyDiffers(Found found) {
		Optional<IndexDefinition> there = IndexDefinition.of(found.definition());
		return this.definition != null && there.filter(this.definition::surelyDiffersFrom).isPresent();
	}

	/** Without IF NOT EXISTS the server refuses the name. */
	private void warnOfOther(Found found, String difference) {
		if (this.index.ifNotExists()) {
			logger.warn("Index " + found.name() + " exists, so that IF NOT EXISTS builds nothing; but " + difference);
		}
	}

	private static boolean isFinished(Found found, boolean wasInterrupted) {
		if (wasInterrupted) {
			logger.info("Index " + found.name() + " was finished by the server after the last run was interrupted; it "
					+ "is not built again");
		}
		return wasInterrupted;
	}

	/**
	 * The server has chosen a name. What an interrupted run has left is known by its
	 * definition, if that is the same word for word; where it is not, people are told.
	 */
	private boolean isUnnamedDone(boolean wasInterrupted) throws SQLException {
		List<Found> found = this.indexes.of(this.table);
		for (Found other : found) {
			boolean isSame = IndexDefinition.of(other.definition()).equals(Optional.ofNullable(this.definition));
			if (wasInterrupted && isSame && other.isValid()) {
				return isFinished(other, true);
			}
			if (wasInterrupted && isSame) {
				this.indexes.drop(other);
			}
			else if (!other.isValid()) {
				logger.warn("Table " + this.index.table() + " has an invalid index " + other.name()
						+ ", perhaps left by "
						+ "an attempt to build the index that is built now. A statement that names its index lets Samara "
						+ "deal with that; drop this one by hand: DROP INDEX CONCURRENTLY " + other.qualifiedName());
			}
		}
		return false;
	}

	@Override
	public boolean isDoneAfter(String sqlState, boolean wasInterrupted) {
		return false;
	}

	@Override
	public void cleanUp() {
		Set<Long> known = this.before;
		if (known != null) {
			this.indexes.dropAfterFailure(this.indexes.of(this.table), (found) -> !known.contains(found.id())
					&& (this.index.index() == null || this.index.index().startsWith(found.name())));
		}
	}

	@Override
	public @Nullable String remedy(String sqlState) {
		if (SqlStates.UNIQUE_VIOLATION.equals(sqlState) && this.definition != null) {
			String query = this.definition.duplicatesQuery(shown());
			return "Remove the duplicates and start again. "
					+ ((query != null) ? "This finds them: " + query + ";" : "They are in what the index is made of.")
					+ (this.definition.rest().contains("where") ? " Only rows that its WHERE selects count." : "");
		}
		if (SqlStates.DUPLICATE_TABLE.equals(sqlState) && this.index.index() != null) {
			return this.indexes.named(this.index.index(), this.table)
				.stream()
				.filter((found) -> !found.isValid())
				.map((found) -> "Index " + found.name() + " on table " + found.table()
						+ " is invalid, perhaps left by an "
						+ "attempt of this statement when it named that table. If nobody builds it now, drop it and start "
						+ "again: DROP INDEX CONCURRENTLY " + found.qualifiedName() + ";")
				.findFirst()
				.orElse(null);
		}
		if (SqlStates.FEATURE_NOT_SUPPORTED.equals(sqlState)) {
			String name = (this.index.index() != null) ? this.index.index() : "…";
			return "If " + shown() + " is partitioned, build it in parts: CREATE INDEX " + name + " ON ONLY " + shown()
					+ " (…); then for each partition CREATE INDEX CONCURRENTLY …, and ALTER INDEX " + name
					+ " ATTACH PARTITION ….";
		}
		return null;
	}

	private String shown() {
		return (this.index.schema() != null) ? this.index.schema() + "." + this.index.table() : this.index.table();
	}

}
