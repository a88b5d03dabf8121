package dev.samara.postgres;

import java.util.List;
import java.util.stream.Stream;

import dev.samara.Internal;

/**
 * Row-level security on one of Samara's own tables. PostgreSQL leaves hidden rows out
 * without an error, so that an applied migration would read as pending.
 *
 * @since 0.1.0
 */
@Internal
public final class RowSecurity {

	/**
	 * A policy whose condition is {@code true} hides nothing, unless another restricts.
	 */
	private static final String HIDES_ROWS = """
			SELECT t.name FROM unnest(?) AS t (name)
			WHERE pg_catalog.to_regclass(t.name) IS NOT NULL
				AND pg_catalog.row_security_active(pg_catalog.to_regclass(t.name)) AND coalesce((
				SELECT NOT (bool_or(p.polpermissive AND p.always) AND bool_and(p.polpermissive OR p.always))
				FROM (
					SELECT polpermissive, pg_catalog.pg_get_expr(polqual, polrelid) = 'true' AS always
					FROM pg_catalog.pg_policy
					WHERE polrelid = pg_catalog.to_regclass(t.name) AND polcmd IN ('*', 'r') AND EXISTS (SELECT FROM unnest(polroles) AS r (oid)
						WHERE r.oid = 0 OR pg_catalog.pg_has_role(r.oid, 'USAGE'))
				) p), true)
			""";

	private RowSecurity() {
	}

	/**
	 * Return an SQL expression for whether row-level security applies to a table that
	 * exists. A policy may still show every row.
	 * @param table the table
	 * @return a Boolean expression that costs no access to the table
	 */
	public static String isActiveSql(TableName table) {
		return "pg_catalog.row_security_active(" + SqlLiteral.text(table.quoted()) + "::regclass)";
	}

	/**
	 * Check that the role of the session sees every row of some tables.
	 * @param connection the connection
	 * @param tables the tables, which may be missing
	 * @throws DatabaseUnavailableException if row-level security may hide rows
	 */
	public static void requireAllRows(PostgresConnection connection, TableName... tables) {
		List<String> hidden = connection.jdbc()
			.queryForList(HIDES_ROWS, String.class,
					(Object) Stream.of(tables).map(TableName::quoted).toArray(String[]::new));
		for (TableName table : tables) {
			if (hidden.contains(table.quoted())) {
				String role = String.valueOf(connection.jdbc().queryForObject("SELECT current_user", String.class));
				throw DatabaseUnavailableException.rowsHidden(table, role);
			}
		}
	}

}
