package dev.samara.environment;

import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.StatementCallback;

import dev.samara.postgres.PostgresConnection;
import dev.samara.postgres.TableName;

/**
 * Finds tables that hold rows, or may hold rows that the role cannot see. Tables of
 * extensions and of Samara do not count. The work is bounded: the catalogue excludes
 * tables without a page, and few of the others are read, each up to its first row.
 */
final class UsedTables {

	private static final int ENOUGH = 5;

	private static final int MOST_PROBES = 200;

	private static final int TIMEOUT_SECONDS = 2;

	/**
	 * {@code pg_relation_size} waits for the table's lock, so it is not called for tables
	 * that are locked. On the coordinator of Citus, distributed tables have no pages of
	 * their own.
	 */
	private static final String SELECT = """
			SELECT n.nspname, c.relname, pg_catalog.has_schema_privilege(n.oid, 'USAGE')
				AND pg_catalog.has_table_privilege(c.oid, 'SELECT') AND NOT pg_catalog.row_security_active(c.oid)
				AS is_readable, is_locked
			FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
				CROSS JOIN LATERAL (SELECT c.oid = ANY (ARRAY(SELECT relation FROM pg_catalog.pg_locks
					WHERE mode = 'AccessExclusiveLock' AND relation IS NOT NULL))) l (is_locked)
			WHERE c.relkind = 'r' AND c.relpersistence <> 't' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
				AND c.relname !~ '^samara_'
				AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.deptype = 'e'
					AND (d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid
						OR d.classid = 'pg_catalog.pg_namespace'::regclass AND d.objid = n.oid))
				AND CASE WHEN is_locked OR to_regclass('pg_catalog.pg_dist_partition') IS NOT NULL THEN true
					ELSE pg_catalog.pg_relation_size(c.oid) > 0 END
			ORDER BY c.reltuples DESC, 1, 2
			LIMIT %d
			"""
		.formatted(MOST_PROBES + 1);

	private final PostgresConnection connection;

	UsedTables(PostgresConnection connection) {
		this.connection = connection;
	}

	/**
	 * Find the tables.
	 * @param excludedSchemas schemas whose environment is known
	 * @param excludedTables tables of Samara's
	 * @return a text for each, a few at the most
	 */
	List<String> find(Set<String> excludedSchemas, Set<TableName> excludedTables) {
		List<Candidate> candidates;
		try {
			candidates = candidates();
		}
		catch (DataAccessException ex) {
			return List.of("tables that could not be examined");
		}
		List<String> used = new ArrayList<>();
		for (int i = 0; i < candidates.size() && used.size() < ENOUGH; i++) {
			Candidate candidate = candidates.get(i);
			if (excludedSchemas.contains(candidate.table().schema()) || excludedTables.contains(candidate.table())) {
				continue;
			}
			if (i == MOST_PROBES) {
				used.add("further tables that were not examined");
			}
			else if (candidate.isLocked()) {
				used.add(candidate.table() + " (locked)");
			}
			else if (!candidate.isReadable()) {
				used.add(candidate.table() + " (not readable)");
			}
			else if (mayHaveRows(candidate.table())) {
				used.add(candidate.table().toString());
			}
		}
		return used;
	}

	private List<Candidate> candidates() {
		return limited(SELECT, (rows) -> {
			List<Candidate> found = new ArrayList<>();
			while (rows.next()) {
				found.add(new Candidate(new TableName(rows.getString("nspname"), rows.getString("relname")),
						rows.getBoolean("is_readable"), rows.getBoolean("is_locked")));
			}
			return found;
		});
	}

	/** A table that is locked or takes long to read counts as one with rows. */
	private boolean mayHaveRows(TableName table) {
		String sql = "SELECT EXISTS (SELECT FROM ONLY " + table.quoted() + ")";
		try {
			return limited(sql, (row) -> row.next() && row.getBoolean(1));
		}
		catch (DataAccessException ex) {
			return true;
		}
	}

	private <T> T limited(String sql, ResultSetExtractor<T> extractor) {
		return Objects.requireNonNull(this.connection.jdbc().execute((StatementCallback<T>) (statement) -> {
			statement.setQueryTimeout(TIMEOUT_SECONDS);
			try (ResultSet rows = statement.executeQuery(sql)) {
				return extractor.extractData(rows);
			}
		}));
	}

	/**
	 * A table that may have rows.
	 */
	private record Candidate(TableName table, boolean isReadable, boolean isLocked) {

	}

}
