package dev.samara.seed;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

import dev.samara.environment.Application;
import dev.samara.environment.DatabaseFacts;
import dev.samara.environment.Environment;
import dev.samara.environment.EnvironmentMark;
import dev.samara.environment.SeededTables;
import dev.samara.lock.HistoryGuard;
import dev.samara.placeholder.BuiltIns;
import dev.samara.postgres.DatabaseUnavailableException;
import dev.samara.postgres.PostgresConnection;
import dev.samara.postgres.RowSecurity;
import dev.samara.postgres.SqlLiteral;
import dev.samara.postgres.SqlStates;
import dev.samara.postgres.TableName;
import dev.samara.script.Finding;
import dev.samara.seed.check.CheckReport;
import dev.samara.seed.data.RowCounts;

/**
 * The history table of seeds: reads it with one query, makes it, and writes the SQL of
 * its entries. Entries are only ever added.
 */
final class SeedHistory {

	private static final String SELECT = """
			SELECT e.environment AS mark, h.id, h.run_id, h.event, h.name, h.version, h.folder, h.level, h.script,
				h.checksum, h.environment, h.statements, h.executed_by, h.application_name,
				h.application_version, h.started_at, h.duration_ms, h.sql_state, h.error,
				%1$s, %4$s, e.is_guarded, %6$s AS losses
			FROM (SELECT %2$s, %5$s) e (environment, is_guarded) LEFT JOIN %3$s h ON true
			ORDER BY h.id
			""";

	/** Of layout 2: a history of layout 1 lacks them until the next run adds them. */
	private static final String COUNTS = "h.rows_inserted, h.rows_updated, h.rows_unchanged, h.rows_deleted";

	private static final String NO_COUNTS = "NULL::bigint AS rows_inserted";

	/** Without the record of the tables that seeds have filled, which is younger. */
	private static final String NO_LOSSES = "NULL::text[]";

	private static final String CREATE = """
			CREATE TABLE IF NOT EXISTS %1$s (
				id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
				run_id uuid NOT NULL,
				event text NOT NULL,
				name text NOT NULL,
				version integer NOT NULL,
				folder text NOT NULL,
				level text NOT NULL,
				script text NOT NULL,
				checksum text NOT NULL,
				environment text,
				statements integer NOT NULL,
				executed_by text NOT NULL DEFAULT session_user,
				application_name text,
				application_version text,
				application_host text,
				started_at timestamptz NOT NULL,
				duration_ms bigint NOT NULL,
				sql_state text,
				error text,
				rows_inserted bigint,
				rows_updated bigint,
				rows_unchanged bigint,
				rows_deleted bigint
			);
			ALTER TABLE %1$s ADD COLUMN IF NOT EXISTS rows_inserted bigint, ADD COLUMN IF NOT EXISTS rows_updated bigint,
				ADD COLUMN IF NOT EXISTS rows_unchanged bigint, ADD COLUMN IF NOT EXISTS rows_deleted bigint;
			COMMENT ON TABLE %1$s IS
				'The seeds Samara has run on this database, an event a row. Rows are only ever added. Layout 2.';
			CREATE OR REPLACE VIEW %2$s AS
				SELECT name, version, folder, level, event AS state, environment, started_at, duration_ms, executed_by,
					application_name, application_version, script, checksum, sql_state, error, rows_inserted, rows_updated,
					rows_unchanged, rows_deleted
				FROM (
					SELECT h.*, row_number() OVER (PARTITION BY name ORDER BY id DESC) AS age
					FROM %1$s h
				) latest
				WHERE age = 1
				ORDER BY id;
			""";

	private final TableName table;

	private final EnvironmentMark mark;

	private final SeededTables tables;

	private final String fence;

	private final @Nullable HistoryGuard guard;

	SeedHistory(TableName table) {
		this(table, "");
	}

	/** The history as it is configured. */
	static SeedHistory of(SeedSettings settings) {
		return new SeedHistory(new TableName(settings.schema(), settings.table()));
	}

	/**
	 * Create a history whose entries are only written while a lock is held.
	 * @param fence what an entry's {@code INSERT … SELECT values} ends with, possibly
	 * nothing
	 */
	SeedHistory(TableName table, String fence) {
		this(table, fence, null);
	}

	private SeedHistory(TableName table, String fence, @Nullable HistoryGuard guard) {
		this.table = table;
		this.mark = new EnvironmentMark(table);
		this.tables = new SeededTables(table);
		this.fence = fence;
		this.guard = guard;
	}

	/**
	 * Return the same history, which writes only as long as no other run has written
	 * since. Where the lock has a fence, that does the same.
	 */
	SeedHistory guardedBy(String runId, SeedSnapshot since) {
		return this.fence.isEmpty()
				? new SeedHistory(this.table, this.fence, new HistoryGuard(this.table, runId, since.lastId())) : this;
	}

	/** Return what keeps other runs out besides the lock, or {@code null}. */
	@Nullable HistoryGuard guard() {
		return this.guard;
	}

	private String guarded(String insert) {
		return (this.guard != null) ? this.guard.serialize() + insert + this.guard.condition() : insert + this.fence;
	}

	EnvironmentMark mark() {
		return this.mark;
	}

	SeededTables tables() {
		return this.tables;
	}

	TableName table() {
		return this.table;
	}

	/**
	 * Read the whole history and the environment, in one query. Only a database that no
	 * seed has run on yet takes more: its mark may be there without a history. So does
	 * one whose history has an older layout.
	 */
	SeedSnapshot read(PostgresConnection connection) {
		return read(connection, COUNTS, this.tables.lossesSql());
	}

	private SeedSnapshot read(PostgresConnection connection, String counts, String losses) {
		List<SeedEntry> entries = new ArrayList<>();
		@Nullable String[] environment = new String[1];
		boolean[] isGuarded = new boolean[1];
		BuiltIns[] builtIns = { BuiltIns.NONE };
		List<String[]> lost = new ArrayList<>();
		try {
			connection.jdbc()
				.query(SELECT.formatted(counts, this.mark.selectSql(), this.table.quoted(), DatabaseFacts.COLUMNS,
						RowSecurity.isActiveSql(this.table) + " OR " + this.mark.isGuardedSql(), losses), (row) -> {
							environment[0] = row.getString("mark");
							if (builtIns[0] == BuiltIns.NONE) {
								isGuarded[0] = row.getBoolean("is_guarded");
								builtIns[0] = DatabaseFacts.of(row, this.table.schema());
								lost.addAll(losses(row.getArray("losses")));
							}
							if (row.getObject("id") != null) {
								entries.add(entry(row));
							}
						});
		}
		catch (DataAccessException ex) {
			if (ex.getCause() instanceof SQLException cause) {
				boolean isCurrent = !losses.equals(NO_LOSSES);
				if (SqlStates.UNDEFINED_TABLE.equals(cause.getSQLState()) && isCurrent) {
					return older(read(connection, counts, NO_LOSSES));
				}
				if (SqlStates.UNDEFINED_TABLE.equals(cause.getSQLState())) {
					return new SeedSnapshot(false, this.mark.read(connection), List.of(),
							() -> DatabaseFacts.read(connection, this.table.schema()));
				}
				if (SqlStates.UNDEFINED_COLUMN.equals(cause.getSQLState()) && counts.equals(COUNTS)) {
					return older(read(connection, NO_COUNTS, NO_LOSSES));
				}
				throw DatabaseUnavailableException.queryFailed("The history " + this.table + " cannot be read", cause);
			}
			throw ex;
		}
		if (isGuarded[0]) {
			requireAllRows(connection);
		}
		return new SeedSnapshot(true, environment[0], entries, () -> builtIns[0], seedLosses(lost),
				lost.stream().anyMatch(SeededTables::isAboutChecks));
	}

	private static SeedSnapshot older(SeedSnapshot snapshot) {
		return new SeedSnapshot(false, snapshot.marker(), snapshot.entries(), snapshot.builtIns());
	}

	private static List<String[]> losses(@Nullable Array losses) throws SQLException {
		return (losses != null) ? List.of((String[][]) losses.getArray()) : List.of();
	}

	private static List<SeedLoss> seedLosses(List<String[]> rows) {
		return rows.stream()
			.filter((row) -> !SeededTables.isAboutChecks(row))
			.map((row) -> new SeedLoss(row[0], row[1], SeedLoss.Cause.valueOf(row[2]), Boolean.parseBoolean(row[3]),
					Boolean.parseBoolean(row[4])))
			.toList();
	}

	private static SeedEntry entry(ResultSet row) throws SQLException {
		String environment = row.getString("environment");
		return new SeedEntry(row.getLong("id"), row.getString("run_id"), event(row.getString("event")),
				row.getString("name"), row.getInt("version"), SeedName.environment(row.getString("folder")),
				SeedLevel.valueOf(row.getString("level")), row.getString("script"), row.getString("checksum"),
				(environment != null) ? Environment.of(environment) : null, row.getInt("statements"),
				row.getString("executed_by"),
				new Application(row.getString("application_name"), row.getString("application_version")),
				row.getObject("started_at", OffsetDateTime.class).toInstant(),
				Duration.ofMillis(row.getLong("duration_ms")), row.getString("sql_state"), row.getString("error"),
				(row.getObject("rows_inserted") != null) ? counts(row) : null);
	}

	private static RowCounts counts(ResultSet row) throws SQLException {
		return new RowCounts(row.getLong("rows_inserted"), row.getLong("rows_updated"), row.getLong("rows_unchanged"),
				row.getLong("rows_deleted"));
	}

	private static SeedEvent event(String name) {
		for (SeedEvent event : SeedEvent.values()) {
			if (event.name().equals(name)) {
				return event;
			}
		}
		throw new SeedValidationException(List.of(Finding.error("unknown-event",
				"The history holds an event \"" + name + "\", which this version of Samara does not know",
				"A newer version of Samara has written it: use that one.", null)));
	}

	/**
	 * Make what is missing of the table, its view and the mark of the environment, in one
	 * transaction.
	 */
	void create(PostgresConnection connection) {
		try {
			connection.send("BEGIN;" + this.mark.createSql() + this.tables.createSql()
					+ CREATE.formatted(this.table.quoted(), this.table.sibling(singular() + "_status").quoted())
					+ "COMMIT");
		}
		catch (SQLException ex) {
			throw DatabaseUnavailableException.queryFailed("The history " + this.table + " cannot be made", ex);
		}
		// An event trigger may have enabled row-level security on the new tables.
		requireAllRows(connection);
	}

	private void requireAllRows(PostgresConnection connection) {
		RowSecurity.requireAllRows(connection, this.table, this.mark.table());
	}

	/**
	 * The table that remembers which rows data files have inserted.
	 */
	TableName rows() {
		return this.table.sibling(singular() + "_rows");
	}

	private String singular() {
		String name = this.table.name();
		return name.endsWith("s") ? name.substring(0, name.length() - 1) : name;
	}

	/**
	 * Write the SQL that adds an entry.
	 * @param startedAt SQL expression for the beginning of the attempt
	 */
	String insertSql(NewEntry entry, String startedAt) {
		Run run = entry.run();
		Seed seed = entry.step().seed();
		List<String> values = List.of(SqlLiteral.text(run.id()), SqlLiteral.text(entry.event().name()),
				SqlLiteral.text(seed.name()), String.valueOf(entry.step().version()),
				SqlLiteral.text(Seed.folder(seed.environment())), SqlLiteral.text(seed.level().name()),
				SqlLiteral.text(seed.path()), SqlLiteral.text(seed.checksum()),
				SqlLiteral.text((run.environment() != null) ? run.environment().name() : null),
				String.valueOf(entry.step().work().statements()), SqlLiteral.text(run.application().name()),
				SqlLiteral.text(run.application().version()), SqlLiteral.text(run.host()), startedAt,
				"(extract(epoch FROM clock_timestamp() - " + startedAt + ") * 1000)::bigint",
				SqlLiteral.text(entry.sqlState()), SqlLiteral.text(entry.error()), values(entry.rows()));
		return insertSql(values);
	}

	/**
	 * Write the SQL that adds an entry about taking a seed back.
	 * @param applied the entry by which it was applied
	 */
	String rollbackSql(Run run, SeedEntry applied, SeedEvent event, @Nullable String sqlState, @Nullable String error) {
		return insertSql(List.of(SqlLiteral.text(run.id()), SqlLiteral.text(event.name()),
				SqlLiteral.text(applied.name()), String.valueOf(applied.version()),
				SqlLiteral.text(Seed.folder(applied.folder())), SqlLiteral.text(applied.level().name()),
				SqlLiteral.text(applied.script()), SqlLiteral.text(applied.checksum()),
				SqlLiteral.text((run.environment() != null) ? run.environment().name() : null),
				String.valueOf(applied.statements()), SqlLiteral.text(run.application().name()),
				SqlLiteral.text(run.application().version()), SqlLiteral.text(run.host()), "now()",
				"(extract(epoch FROM clock_timestamp() - now()) * 1000)::bigint", SqlLiteral.text(sqlState),
				SqlLiteral.text(error), values(null)));
	}

	private String insertSql(List<String> values) {
		return guarded("INSERT INTO " + this.table.quoted()
				+ " (run_id, event, name, version, folder, level, script, checksum, "
				+ "environment, statements, application_name, application_version, application_host, started_at, "
				+ "duration_ms, sql_state, error, rows_inserted, rows_updated, rows_unchanged, rows_deleted) SELECT "
				+ String.join(", ", values));
	}

	/**
	 * Write the SQL that adds what checks have come to.
	 */
	String checkedSql(Run run, CheckReport report) {
		long millis = report.duration().toMillis();
		List<String> values = List.of(SqlLiteral.text(run.id()),
				SqlLiteral.text((report.passed() ? SeedEvent.CHECKS_PASSED : SeedEvent.CHECKS_FAILED).name()),
				"'checks', 0, 'common', 'MINIMAL', 'checks', ''",
				SqlLiteral.text((run.environment() != null) ? run.environment().name() : null),
				String.valueOf(report.results().size()), SqlLiteral.text(run.application().name()),
				SqlLiteral.text(run.application().version()), SqlLiteral.text(run.host()),
				"now() - interval '" + millis + " ms'", String.valueOf(millis),
				SqlLiteral.text(report.passed() ? null : report.toString()));
		return this.tables.checkedSql() + "; " + guarded("INSERT INTO " + this.table.quoted()
				+ " (run_id, event, name, version, folder, level, script, checksum, environment, statements, "
				+ "application_name, application_version, application_host, started_at, duration_ms, error) SELECT "
				+ String.join(", ", values));
	}

	private static String values(@Nullable RowCounts rows) {
		return (rows != null)
				? rows.inserted() + ", " + rows.updated() + ", " + rows.unchanged() + ", " + rows.deleted()
				: "NULL::bigint, NULL::bigint, NULL::bigint, NULL::bigint";
	}

	/**
	 * The run that writes.
	 */
	record Run(String id, @Nullable Environment environment, Application application, @Nullable String host) {

	}

	/**
	 * An entry that is to be added.
	 */
	record NewEntry(Run run, SeedStep step, SeedEvent event, @Nullable String sqlState, @Nullable String error,
			@Nullable RowCounts rows) {

	}

}
