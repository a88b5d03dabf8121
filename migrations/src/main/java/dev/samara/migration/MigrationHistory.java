package dev.samara.migration;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

import dev.samara.environment.Application;
import dev.samara.environment.DatabaseFacts;
import dev.samara.environment.EnvironmentMark;
import dev.samara.existing.ExistingObjects;
import dev.samara.existing.ExistingObjectsQuery;
import dev.samara.lock.HeldLock;
import dev.samara.lock.HistoryGuard;
import dev.samara.lock.LockHolder;
import dev.samara.placeholder.BuiltIns;
import dev.samara.postgres.DatabaseUnavailableException;
import dev.samara.postgres.PostgresConnection;
import dev.samara.postgres.RowSecurity;
import dev.samara.postgres.SqlLiteral;
import dev.samara.postgres.SqlStates;
import dev.samara.postgres.TableName;
import dev.samara.postgres.WorkSession;
import dev.samara.script.Finding;

/**
 * The history table: reads it with one query, makes it, and writes the SQL of its
 * entries. Entries are only ever added.
 */
final class MigrationHistory {

	/**
	 * Reads both layouts: where the table has no column {@code environment}, the name in
	 * the subquery refers to the column of {@code e}, which is {@code NULL}. Column
	 * {@code down_placeholders} is the last of layout 2.
	 */
	private static final String SELECT = """
			SELECT e.mark, h.id, h.run_id, h.event, h.version, h.description, h.script, h.checksum,
				h.statements_done, h.statements_total, h.done_digest, h.installed_by, h.started_at, h.duration_ms,
				h.sql_state, h.error, h.run_environment, %1$s,
				EXISTS (SELECT FROM pg_catalog.pg_attribute WHERE attrelid = %4$s::regclass
					AND attname = 'down_placeholders' AND NOT attisdropped) AS is_current, e.is_guarded
			FROM (SELECT %2$s, NULL::text, %5$s) e (mark, environment, is_guarded)
				LEFT JOIN LATERAL (SELECT *, environment AS run_environment FROM %3$s) h ON true
			ORDER BY h.id
			""";

	private static final String NEWEST = """
			(SELECT DISTINCT ON (kind, coalesce(version, description), event) * FROM %s
				ORDER BY kind, coalesce(version, description), event, id DESC) newest""";

	/** The new column of layout 2 is the last one, so that the view can be replaced. */
	private static final String DESCRIBE = """
			COMMENT ON TABLE %1$s IS
				'What Samara has done to this database, an event a row. Rows are only ever added. Layout 2.';
			CREATE OR REPLACE VIEW %2$s AS
				SELECT kind, version, description, event AS state, started_at, duration_ms, installed_by,
					application_name, application_version, script, checksum, sql_state, error, environment
				FROM (
					SELECT h.*, row_number() OVER (PARTITION BY kind, coalesce(version, description)
						ORDER BY id DESC) AS age
					FROM %1$s h
				) latest
				WHERE age = 1
				ORDER BY id;
			""";

	private static final String CREATE = """
			CREATE TABLE %1$s (
				id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
				run_id uuid NOT NULL,
				event text NOT NULL,
				kind text NOT NULL,
				version text,
				description text NOT NULL,
				script text NOT NULL,
				checksum text NOT NULL,
				down_script text,
				statements_done integer NOT NULL,
				statements_total integer NOT NULL,
				done_digest text,
				installed_by text NOT NULL DEFAULT session_user,
				application_name text,
				application_version text,
				application_host text,
				started_at timestamptz NOT NULL,
				duration_ms bigint NOT NULL,
				sql_state text,
				error text,
				environment text,
				down_placeholders text
			);
			""" + DESCRIBE;

	private static final String UPGRADE = """
			ALTER TABLE %1$s ADD COLUMN IF NOT EXISTS environment text,
				ADD COLUMN IF NOT EXISTS down_placeholders text;
			""" + DESCRIBE;

	private final TableName table;

	private final EnvironmentMark mark;

	private final String fence;

	private final @Nullable HistoryGuard guard;

	private final String source;

	MigrationHistory(TableName table) {
		this(table, "");
	}

	/**
	 * Create a history whose entries are only written while a lock is held.
	 * @param fence what an entry's {@code INSERT … SELECT values} ends with, possibly
	 * nothing
	 */
	MigrationHistory(TableName table, String fence) {
		this(table, fence, null, table.quoted());
	}

	private MigrationHistory(TableName table, String fence, @Nullable HistoryGuard guard, String source) {
		this.table = table;
		this.mark = new EnvironmentMark(table);
		this.fence = fence;
		this.guard = guard;
		this.source = source;
	}

	/**
	 * Return the same history, which writes only as long as no other run has written
	 * since. Where the lock has a fence, that does the same.
	 */
	MigrationHistory guardedBy(RunId run, HistorySnapshot since) {
		return this.fence.isEmpty() ? new MigrationHistory(this.table, this.fence,
				new HistoryGuard(this.table, run.id(), since.lastId()), this.source) : this;
	}

	/** Return what keeps other runs out besides the lock, or {@code null}. */
	@Nullable HistoryGuard guard() {
		return this.guard;
	}

	/**
	 * Return the same history for a query of the status, which needs only the newest
	 * event of each kind: a migration may have failed thousands of times.
	 */
	MigrationHistory ofNewestEvents() {
		return new MigrationHistory(this.table, this.fence, this.guard, NEWEST.formatted(this.table.quoted()));
	}

	/**
	 * Return the end of an {@code INSERT … SELECT values} that fails unless the lock is
	 * still held.
	 */
	String fence() {
		return this.fence;
	}

	EnvironmentMark mark() {
		return this.mark;
	}

	TableName table() {
		return this.table;
	}

	/** Find who migrates or seeds this schema now. */
	Optional<LockHolder> lockHolder(PostgresConnection connection) {
		TableName located = WorkSession.locate(connection, this.table, this.mark.table());
		return HeldLock.holder(connection, new EnvironmentMark(located).table());
	}

	/**
	 * Read the whole history and the environment, in one query. Before a first run there
	 * is one more, for the contents of the schema; where it finds something, the history
	 * is read again, because another instance may have created it meanwhile.
	 */
	HistorySnapshot read(PostgresConnection connection) {
		HistorySnapshot snapshot = readLocked(connection);
		return snapshot.existing().isEmpty() ? snapshot : read(connection, true).beside(snapshot.existing());
	}

	/**
	 * Read the same under the lock, where no other instance creates anything meanwhile.
	 */
	HistorySnapshot readLocked(PostgresConnection connection) {
		HistorySnapshot snapshot = read(connection, true);
		return snapshot.isBegun() ? snapshot
				: snapshot.beside(new ExistingObjectsQuery(connection).read(this.table, viewName()));
	}

	private HistorySnapshot read(PostgresConnection connection, boolean hasMark) {
		List<HistoryEntry> entries = new ArrayList<>();
		@Nullable String[] environment = new String[1];
		boolean[] isCurrent = new boolean[1];
		boolean[] isGuarded = new boolean[1];
		BuiltIns[] builtIns = { BuiltIns.NONE };
		try {
			connection.jdbc()
				.query(SELECT.formatted(DatabaseFacts.COLUMNS, hasMark ? this.mark.selectSql() : "NULL::text",
						this.source, SqlLiteral.text(this.table.quoted()), isGuardedSql(hasMark)), (row) -> {
							if (builtIns[0] == BuiltIns.NONE) {
								environment[0] = row.getString("mark");
								isCurrent[0] = row.getBoolean("is_current");
								isGuarded[0] = row.getBoolean("is_guarded");
								builtIns[0] = DatabaseFacts.of(row, this.table.schema());
							}
							if (row.getObject("id") != null) {
								entries.add(entry(row));
							}
						});
		}
		catch (DataAccessException ex) {
			if (ex.getCause() instanceof SQLException cause) {
				if (SqlStates.UNDEFINED_TABLE.equals(cause.getSQLState())) {
					return isThere(connection) ? read(connection, false)
							: new HistorySnapshot(false, false, this.mark.read(connection), List.of(),
									() -> DatabaseFacts.read(connection, this.table.schema()), ExistingObjects.NONE);
				}
				throw DatabaseUnavailableException.queryFailed("The history " + this.table + " cannot be read", cause);
			}
			throw ex;
		}
		if (isGuarded[0]) {
			requireAllRows(connection);
		}
		return new HistorySnapshot(true, isCurrent[0], environment[0], entries, () -> builtIns[0],
				ExistingObjects.NONE);
	}

	private String isGuardedSql(boolean hasMark) {
		String ofHistory = RowSecurity.isActiveSql(this.table);
		return hasMark ? ofHistory + " OR " + this.mark.isGuardedSql() : ofHistory;
	}

	private void requireAllRows(PostgresConnection connection) {
		RowSecurity.requireAllRows(connection, this.table, this.mark.table());
	}

	/** The mark of the environment may be missing alone, or be there alone. */
	private boolean isThere(PostgresConnection connection) {
		return connection.jdbc()
			.queryForObject("SELECT to_regclass(?)::text", String.class, this.table.quoted()) != null;
	}

	private static HistoryEntry entry(ResultSet row) throws SQLException {
		String version = row.getString("version");
		String description = row.getString("description");
		MigrationKey key = MigrationKey.of((version != null) ? MigrationVersion.of(version) : null, description);
		return new HistoryEntry(row.getLong("id"), row.getString("run_id"), event(row.getString("event")), key,
				description, row.getString("script"), row.getString("checksum"), row.getInt("statements_done"),
				row.getInt("statements_total"), row.getString("done_digest"), row.getString("installed_by"),
				row.getObject("started_at", OffsetDateTime.class).toInstant(),
				Duration.ofMillis(row.getLong("duration_ms")), row.getString("sql_state"), row.getString("error"),
				row.getString("run_environment"));
	}

	private static HistoryEvent event(String name) {
		for (HistoryEvent event : HistoryEvent.values()) {
			if (event.name().equals(name)) {
				return event;
			}
		}
		throw new MigrationValidationException(List.of(Finding.error("unknown-event",
				"The history holds an event \"" + name + "\", which this version of Samara does not know",
				"A newer version of Samara has written it: use that one.", null)));
	}

	/**
	 * Make the table, its view and the mark of the environment, in one transaction.
	 */
	void create(PostgresConnection connection) {
		try {
			connection
				.sendInTransaction(this.mark.createSql() + withNames(CREATE) + SchemaHistory.createBeside(this.table));
		}
		catch (SQLException ex) {
			throw DatabaseUnavailableException.queryFailed("The history " + this.table + " cannot be made", ex);
		}
		// An event trigger may have enabled row-level security on the new tables.
		requireAllRows(connection);
	}

	/**
	 * Upgrade the table and its view to the current layout, in one transaction. Does not
	 * wait long for sessions that read the table.
	 */
	void upgrade(PostgresConnection connection) {
		try {
			connection.sendInTransaction("SET LOCAL lock_timeout = '10s';" + withNames(UPGRADE));
		}
		catch (SQLException ex) {
			throw DatabaseUnavailableException.queryFailed(
					"The history table " + this.table + " cannot be upgraded to layout 2",
					"Start once more when no session holds the table, or let its owner run: ALTER TABLE "
							+ this.table.quoted()
							+ " ADD COLUMN IF NOT EXISTS environment text, ADD COLUMN IF NOT EXISTS "
							+ "down_placeholders text;",
					ex);
		}
	}

	private String withNames(String sql) {
		return sql.formatted(this.table.quoted(), this.table.sibling(viewName()).quoted());
	}

	private String viewName() {
		String name = this.table.name();
		return (name.endsWith("s") ? name.substring(0, name.length() - 1) : name) + "_status";
	}

	/**
	 * Read the down scripts that were kept.
	 * @param ids the entries by which the migrations were applied
	 * @return the scripts by those ids; those that have none are left out
	 */
	Map<Long, KeptScript> keptDownScripts(PostgresConnection connection, Collection<Long> ids) {
		Map<Long, KeptScript> scripts = new HashMap<>();
		connection.jdbc()
			.query("SELECT id, down_script, to_jsonb(h) ->> 'down_placeholders' FROM " + this.table.quoted()
					+ " h WHERE id = ANY (?) AND down_script IS NOT NULL", (row) -> {
						scripts.put(row.getLong(1), new KeptScript(row.getString(2), row.getString(3)));
					}, (Object) ids.toArray(Long[]::new));
		return scripts;
	}

	/**
	 * Write the SQL that adds an entry.
	 * @param startedAt SQL expression for the beginning of the attempt
	 */
	String insertSql(NewEntry entry, String startedAt) {
		Subject subject = entry.subject();
		MigrationVersion version = subject.key().version();
		KeptScript down = (entry.event() == HistoryEvent.APPLIED) ? subject.down() : null;
		List<String> values = List.of(SqlLiteral.text(entry.run().id()), SqlLiteral.text(entry.event().name()),
				SqlLiteral.text(((version != null) ? MigrationKind.VERSIONED : MigrationKind.REPEATABLE).name()),
				SqlLiteral.text((version != null) ? version.toString() : null), SqlLiteral.text(subject.description()),
				SqlLiteral.text(subject.script()), SqlLiteral.text(subject.checksum()),
				SqlLiteral.text((down != null) ? down.text() : null), String.valueOf(entry.statementsDone()),
				String.valueOf(entry.statementsTotal()), SqlLiteral.text(entry.doneDigest()),
				SqlLiteral.text(entry.run().application().name()), SqlLiteral.text(entry.run().application().version()),
				SqlLiteral.text(entry.run().host()), startedAt,
				"(extract(epoch FROM clock_timestamp() - " + startedAt + ") * 1000)::bigint",
				SqlLiteral.text(entry.sqlState()), SqlLiteral.text(entry.error()),
				SqlLiteral.text(entry.run().environment()),
				SqlLiteral.text((down != null) ? down.placeholders() : null));
		String insert = "INSERT INTO " + this.table.quoted()
				+ " (run_id, event, kind, version, description, script, checksum, "
				+ "down_script, statements_done, statements_total, done_digest, application_name, application_version, "
				+ "application_host, started_at, duration_ms, sql_state, error, environment, "
				+ "down_placeholders) SELECT " + String.join(", ", values);
		return (this.guard != null) ? this.guard.serialize() + insert + this.guard.condition() : insert + this.fence;
	}

	/**
	 * The run that writes.
	 */
	record RunId(String id, Application application, @Nullable String host, @Nullable String environment) {

		static RunId of(MigrationSettings settings, Application application) {
			return new RunId(UUID.randomUUID().toString(), application, Application.host(),
					(settings.environment() != null) ? settings.environment().name() : null);
		}

	}

	/**
	 * The migration that an entry is about.
	 */
	record Subject(MigrationKey key, String description, String script, String checksum, @Nullable KeptScript down) {

		static Subject of(Migration migration) {
			return new Subject(migration.key(), migration.description(), migration.path(), migration.checksum(),
					(migration.down() != null) ? KeptScript.of(migration.down()) : null);
		}

		static Subject of(HistoryEntry applied) {
			return new Subject(applied.key(), applied.description(), applied.script(), applied.checksum(), null);
		}

	}

	/**
	 * An entry that is to be added.
	 */
	record NewEntry(RunId run, Subject subject, HistoryEvent event, int statementsDone, int statementsTotal,
			@Nullable String doneDigest, @Nullable String sqlState, @Nullable String error) {

	}

}
