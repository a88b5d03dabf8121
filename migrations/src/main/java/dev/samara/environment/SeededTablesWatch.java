package dev.samara.environment;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import dev.samara.Internal;
import dev.samara.postgres.PostgresConnection;
import dev.samara.postgres.SqlLiteral;
import dev.samara.postgres.TableName;

/**
 * Compares the tables that seeds have filled before and after a migration or rollback,
 * and notes which of them it has dropped or emptied. What users delete themselves is
 * never noted. Costs one query where no seed has run yet; otherwise it depends on the
 * number of seeded tables only. A run does not depend on it: what cannot be read is
 * logged.
 *
 * @since 0.1.0
 */
@Internal
public final class SeededTablesWatch {

	private static final Log logger = LogFactory.getLog(SeededTablesWatch.class);

	/** Rows that the role cannot read look like rows that are not there. */
	private static final String TABLES = """
			SELECT t.target_oid, min(t.target) AS target, c.oid IS NOT NULL AS is_there,
				coalesce(c.oid, s.oid) AS oid, pg_catalog.format('%%I.%%I', n.nspname, n.relname) AS name,
				coalesce(pg_catalog.has_schema_privilege(n.nspoid, 'USAGE')
					AND pg_catalog.has_table_privilege(n.oid, 'SELECT')
					AND NOT pg_catalog.row_security_active(n.oid), false) AS is_readable
			FROM %1$s t LEFT JOIN pg_catalog.pg_class c ON c.oid = t.target_oid
				CROSS JOIN LATERAL (SELECT CASE WHEN c.oid IS NULL THEN pg_catalog.to_regclass(t.target)::oid END AS oid) s
				LEFT JOIN LATERAL (SELECT r.oid, r.relname, m.nspname, m.oid AS nspoid FROM pg_catalog.pg_class r
					JOIN pg_catalog.pg_namespace m ON m.oid = r.relnamespace WHERE r.oid = coalesce(c.oid, s.oid)) n ON true
			WHERE t.target_oid <> 0 AND t.registry_oid = t.tableoid AND t.loss IS NULL
			GROUP BY t.target_oid, c.oid, s.oid, n.oid, n.relname, n.nspname, n.nspoid
			ORDER BY 1
			""";

	/** A restore gives all tables other numbers, the record itself too. */
	private static final String RENUMBER = """
			UPDATE %1$s t SET target_oid = pg_catalog.to_regclass(t.target)::oid, registry_oid = t.tableoid
			WHERE t.target_oid <> 0 AND t.registry_oid <> t.tableoid AND pg_catalog.to_regclass(t.target) IS NOT NULL
			""";

	/** A table may be locked by another session: a migration does not wait for that. */
	private static final String BEGIN = "BEGIN; SET LOCAL lock_timeout = '1s'; SET LOCAL statement_timeout = '10s'";

	private final PostgresConnection connection;

	private final TableName table;

	private final boolean isActive;

	private final Set<Long> filled = new HashSet<>();

	private SeededTablesWatch(PostgresConnection connection, TableName table, boolean isActive) {
		this.connection = connection;
		this.table = table;
		this.isActive = isActive;
	}

	/**
	 * Look at the tables before a run.
	 * @param connection the connection of the run
	 * @param history the history of migrations; the record of seeds is in the same schema
	 * @return what was found
	 */
	public static SeededTablesWatch begin(PostgresConnection connection, TableName history) {
		TableName table = history.sibling(SeededTables.TABLE);
		try {
			boolean exists = Boolean.TRUE.equals(connection.jdbc()
				.queryForObject("SELECT pg_catalog.to_regclass(?) IS NOT NULL", Boolean.class, table.quoted()));
			SeededTablesWatch watch = new SeededTablesWatch(connection, table, exists);
			if (exists) {
				connection.jdbc().update(RENUMBER.formatted(table.quoted()));
				watch.filled.addAll(watch.withRows(watch.tables()));
			}
			return watch;
		}
		catch (RuntimeException | SQLException ex) {
			unread(ex);
			return new SeededTablesWatch(connection, table, false);
		}
	}

	/**
	 * Look at the tables after a run that has changed something, and note what was lost.
	 */
	public void end() {
		if (!this.isActive) {
			return;
		}
		try {
			List<Watched> tables = tables();
			List<Watched> asked = tables.stream()
				.filter((watched) -> !watched.isThere() || this.filled.contains(watched.number()))
				.toList();
			Set<Long> withRows = withRows(asked);
			Map<Watched, TableFate> fates = new LinkedHashMap<>();
			tables.forEach((watched) -> fates.put(watched, fate(watched, withRows)));
			this.connection.sendInTransaction(noteSql(fates));
			String lost = fates.entrySet()
				.stream()
				.filter((fate) -> fate.getValue().isLoss())
				.map((fate) -> fate.getKey().target() + " (" + fate.getValue().name().toLowerCase(Locale.ROOT) + ")")
				.collect(Collectors.joining(", "));
			if (!lost.isEmpty()) {
				logger.info("Seeded tables that lost their rows: " + lost + ". Their seeds are pending again.");
			}
		}
		catch (RuntimeException | SQLException ex) {
			unread(ex);
		}
	}

	private TableFate fate(Watched watched, Set<Long> withRows) {
		Long number = watched.oid();
		return TableFate.of(watched.isThere(), !watched.isThere() && number != null,
				this.filled.contains(watched.number()), watched.isReadable() ? withRows.contains(number) : null);
	}

	private String noteSql(Map<Watched, TableFate> fates) {
		List<String> statements = new ArrayList<>();
		fates.forEach((watched, fate) -> {
			String where = " WHERE target_oid = " + watched.number() + " AND registry_oid = tableoid AND loss IS NULL";
			if (fate.isLoss()) {
				statements.add("UPDATE " + this.table.quoted() + " SET loss = " + SqlLiteral.text(fate.name())
						+ ", lost_at = now()" + where);
			}
			else if (fate == TableFate.REPLACED) {
				statements.add("UPDATE " + this.table.quoted() + " SET target_oid = " + watched.oid() + where);
			}
		});
		statements
			.add("UPDATE " + this.table.quoted() + " SET loss = 'MIGRATED', lost_at = now() WHERE target_oid = 0");
		return String.join("; ", statements);
	}

	private List<Watched> tables() {
		return this.connection.jdbc()
			.query(TABLES.formatted(this.table.quoted()),
					(row, index) -> new Watched(row.getLong("target_oid"), row.getString("target"),
							row.getBoolean("is_there"), row.getObject("oid", Long.class), row.getString("name"),
							row.getBoolean("is_readable")));
	}

	/** Return the numbers of those tables that have at least one row. */
	private Set<Long> withRows(List<Watched> tables) throws SQLException {
		String sql = tables.stream()
			.filter(Watched::isReadable)
			.map((watched) -> "SELECT " + watched.oid() + "::bigint WHERE EXISTS (SELECT FROM " + watched.name() + ")")
			.collect(Collectors.joining(" UNION ALL "));
		if (sql.isEmpty()) {
			return Set.of();
		}
		this.connection.send(BEGIN);
		try {
			return new HashSet<>(this.connection.jdbc().queryForList(sql, Long.class));
		}
		finally {
			this.connection.rollbackIfOpen();
		}
	}

	private static void unread(Exception ex) {
		logger.warn("It could not be determined whether seeded tables lost their rows. Check them with "
				+ "SeedRunner.check(). Cause: " + ex.getMessage());
	}

	/**
	 * A table that seeds have filled.
	 *
	 * @param number the number it had then
	 * @param target the name it had then
	 * @param isThere whether it still exists
	 * @param oid its number, or that of the table which has its name now, or {@code null}
	 * @param name the name of that one
	 * @param isReadable whether all of its rows can be read
	 */
	private record Watched(long number, String target, boolean isThere, @Nullable Long oid, @Nullable String name,
			boolean isReadable) {

	}

}
