package dev.samara.migration;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import dev.samara.postgres.PostgresConnection;
import dev.samara.postgres.ServerError;
import dev.samara.postgres.SqlLiteral;
import dev.samara.postgres.SqlStates;
import dev.samara.postgres.TableName;
import dev.samara.schema.SchemaSnapshot;

/**
 * Keeps a picture of the schema from before and from after each run that changes
 * something. A picture that is the same as one kept already is not written again.
 */
final class SchemaHistory {

	private static final Log logger = LogFactory.getLog(SchemaHistory.class);

	private static final String TABLE = "samara_schema_snapshots";

	private static final String CREATE = """
			CREATE TABLE IF NOT EXISTS %1$s (
				run_id uuid NOT NULL,
				moment text NOT NULL,
				taken_at timestamptz NOT NULL DEFAULT now(),
				fingerprint text NOT NULL,
				objects text,
				PRIMARY KEY (run_id, moment)
			);
			COMMENT ON TABLE %1$s IS
				'The schema before and after each run of Samara: a line an object, its hash and its name. Layout 1.';
			""";

	private static final String SELECT = """
			SELECT o.objects
			FROM %1$s s JOIN %1$s o ON o.fingerprint = s.fingerprint AND o.objects IS NOT NULL
			WHERE s.run_id = ?::uuid AND s.moment = 'BEFORE'
			LIMIT 1
			""";

	private final PostgresConnection connection;

	private final TableName table;

	private final List<TableName> own;

	/** Without the lock it may be the picture of what another instance is doing. */
	private final String fence;

	SchemaHistory(PostgresConnection connection, MigrationHistory history) {
		this.connection = connection;
		this.table = history.table().sibling(TABLE);
		this.fence = history.fence();
		this.own = List.of(history.table(), history.mark().table(), this.table, history.table().sibling("samara_seeds"),
				history.table().sibling("samara_lock"));
	}

	/**
	 * Return Samara's own tables, which are no part of a picture.
	 */
	List<TableName> own() {
		return this.own;
	}

	/**
	 * Take a picture. A run does not depend on it: when it cannot be taken, that is
	 * logged.
	 */
	Optional<SchemaSnapshot> picture() {
		try {
			return Optional.of(SchemaSnapshot.read(this.connection, this.own));
		}
		catch (RuntimeException ex) {
			logger.warn("No picture of the schema could be taken, so a rollback to this point cannot be verified: "
					+ ex.getMessage());
			return Optional.empty();
		}
	}

	/**
	 * Keep the pictures of a run. A run does not depend on it either.
	 */
	void keep(String runId, Optional<SchemaSnapshot> before, Optional<SchemaSnapshot> after) {
		StringBuilder sql = new StringBuilder();
		before.ifPresent((picture) -> sql.append(insertSql(runId, "BEFORE", picture)));
		after.ifPresent((picture) -> sql.append(insertSql(runId, "AFTER", picture)));
		if (sql.isEmpty()) {
			return;
		}
		try {
			keep(sql.toString());
		}
		catch (SQLException ex) {
			logger.warn("The pictures of the schema could not be kept, so a rollback to this point cannot be verified: "
					+ ServerError.of(ex));
		}
	}

	/** The table is made with the history; somebody may have dropped it since. */
	private void keep(String sql) throws SQLException {
		try {
			this.connection.sendInTransaction(sql);
		}
		catch (SQLException ex) {
			if (!SqlStates.UNDEFINED_TABLE.equals(ex.getSQLState())) {
				throw ex;
			}
			this.connection.sendInTransaction(createSql(this.table) + sql);
		}
	}

	/**
	 * Return the SQL that makes the table unless it is there.
	 * @param history the history it belongs to
	 */
	static String createBeside(TableName history) {
		return createSql(history.sibling(TABLE));
	}

	private static String createSql(TableName table) {
		return CREATE.formatted(table.quoted());
	}

	private boolean exists() {
		return Boolean.TRUE.equals(this.connection.jdbc()
			.queryForObject("SELECT to_regclass(?) IS NOT NULL", Boolean.class, this.table.quoted()));
	}

	private String insertSql(String runId, String moment, SchemaSnapshot picture) {
		String fingerprint = SqlLiteral.text(picture.fingerprint());
		return "INSERT INTO " + this.table.quoted() + " (run_id, moment, fingerprint, objects) SELECT "
				+ SqlLiteral.text(runId) + ", '" + moment + "', " + fingerprint + ", CASE WHEN EXISTS (SELECT FROM "
				+ this.table.quoted() + " WHERE fingerprint = " + fingerprint + ") THEN NULL ELSE "
				+ SqlLiteral.text(picture.toCompactText()) + " END" + this.fence + " ON CONFLICT DO NOTHING;\n";
	}

	/**
	 * Return the picture from before a run.
	 */
	Optional<SchemaSnapshot> before(String runId) {
		if (!exists()) {
			return Optional.empty();
		}
		return this.connection.jdbc()
			.queryForList(SELECT.formatted(this.table.quoted()), String.class, runId)
			.stream()
			.findFirst()
			.map(SchemaSnapshot::ofCompactText);
	}

}
