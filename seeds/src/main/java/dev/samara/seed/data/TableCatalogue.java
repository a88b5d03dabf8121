package dev.samara.seed.data;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

import dev.samara.seed.data.TargetTable.ForeignKey;
import dev.samara.seed.data.TargetTable.Guards;
import dev.samara.seed.data.TargetTable.UniqueKey;

/**
 * Reads tables from the catalogue.
 */
final class TableCatalogue {

	private static final String TABLE = """
			SELECT c.oid, n.nspname, c.relname, c.relkind::text, pg_catalog.row_security_active(c.oid) AS is_secured,
				EXISTS (SELECT FROM pg_catalog.pg_trigger t WHERE t.tgrelid = c.oid AND NOT t.tgisinternal
					AND t.tgenabled IN ('O', 'A') AND (t.tgtype & 7) = 7) AS has_triggers, c.relhassubclass
			FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
			WHERE c.oid = pg_catalog.to_regclass(?)
			""";

	private static final String COLUMNS = """
			WITH RECURSIVE base (typ, oid, typtype, typbasetype, typdefault) AS (
				SELECT t.oid, t.oid, t.typtype, t.typbasetype, t.typdefault
				FROM pg_catalog.pg_type t
				WHERE t.oid IN (SELECT atttypid FROM pg_catalog.pg_attribute WHERE attrelid = ?)
				UNION ALL
				SELECT b.typ, t.oid, t.typtype, t.typbasetype, coalesce(b.typdefault, t.typdefault)
				FROM base b JOIN pg_catalog.pg_type t ON t.oid = b.typbasetype
				WHERE b.typtype = 'd'
			)
			SELECT a.attnum, a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod) AS type,
				CASE WHEN b.oid::regtype::text IN ('json', 'jsonb') THEN 'JSON'
					WHEN b.oid::regtype::text IN ('json[]', 'jsonb[]') THEN 'JSON_ARRAY'
					WHEN b.oid::regtype::text = 'bytea' THEN 'BINARY'
					WHEN t.typcategory = 'A' THEN 'ARRAY' ELSE 'TEXT' END AS kind,
				(t.typtype = 'e' OR (a.atttypid < 16384 AND t.oid::regtype::text IN ('boolean', 'smallint', 'integer',
					'bigint', 'real', 'double precision', 'text', 'character varying', 'uuid', 'date',
					'time without time zone', 'timestamp without time zone', 'timestamp with time zone', 'bytea')
					OR t.oid::regtype::text = 'numeric' AND a.atttypmod >= 0)
				) AND coalesce((SELECT l.collisdeterministic FROM pg_catalog.pg_collation l
					WHERE l.oid = a.attcollation), true) AS is_plain,
				a.attcollation <> 0 AS is_collated, a.attnotnull, a.atthasdef OR a.attidentity <> '' OR b.typdefault IS NOT NULL AS has_default,
				a.attgenerated <> '' AS is_generated, a.attidentity = 'a' AS is_always
			FROM pg_catalog.pg_attribute a
				JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
				JOIN base b ON b.typ = a.atttypid AND b.typtype <> 'd'
			WHERE a.attrelid = ? AND a.attnum > 0 AND NOT a.attisdropped
			ORDER BY a.attnum
			""";

	/** A key WITHOUT OVERLAPS is one of exclusion, by which no row can be matched. */
	private static final String KEYS = """
			SELECT coalesce(o.conname, c.relname) AS name, i.indisprimary,
				array(SELECT a.attname::text FROM unnest(i.indkey::smallint[]) WITH ORDINALITY k (num, place)
					JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.num
					WHERE k.place <= i.indnkeyatts ORDER BY k.place) AS columns
			FROM pg_catalog.pg_index i
				JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
				LEFT JOIN pg_catalog.pg_constraint o ON o.conindid = i.indexrelid AND o.contype IN ('p', 'u')
			WHERE i.indrelid = ? AND i.indisunique AND i.indisvalid AND i.indimmediate
				AND NOT i.indisexclusion AND i.indexprs IS NULL AND i.indpred IS NULL
			ORDER BY i.indisprimary DESC, 1
			""";

	private static final String FOREIGN_KEYS = """
			SELECT o.conname, o.confrelid, o.confrelid::regclass::text AS referenced_table,
				coalesce((pg_catalog.to_jsonb(o) ->> 'conperiod')::boolean, false) AS has_period,
				array(SELECT a.attname::text FROM unnest(o.conkey) WITH ORDINALITY k (num, place)
					JOIN pg_catalog.pg_attribute a ON a.attrelid = o.conrelid AND a.attnum = k.num ORDER BY k.place) AS columns,
				array(SELECT a.attname::text FROM unnest(o.confkey) WITH ORDINALITY k (num, place)
					JOIN pg_catalog.pg_attribute a ON a.attrelid = o.confrelid AND a.attnum = k.num ORDER BY k.place) AS referenced
			FROM pg_catalog.pg_constraint o
			WHERE o.conrelid = ? AND o.contype = 'f'
			ORDER BY o.conname
			""";

	private static final String NAMES = """
			SELECT CASE WHEN pg_catalog.pg_table_is_visible(c.oid) THEN c.relname ELSE n.nspname || '.' || c.relname END
			FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
			WHERE c.relkind IN ('r', 'p') AND n.nspname !~ '^(pg_|information_schema$)'
			LIMIT 1000
			""";

	private static final Map<String, String> KINDS = Map.of("v", "a view", "m", "a materialized view", "f",
			"a foreign table", "S", "a sequence", "c", "a composite type", "i", "an index", "I", "an index");

	private static final Set<String> TABLES = Set.of("r", "p");

	private final JdbcTemplate jdbc;

	TableCatalogue(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Find a table by its name as it is, or else in lower case.
	 * @return the table, or {@code null} if there is none
	 */
	@Nullable TargetTable find(QualifiedName name) {
		TargetTable table = findExactly(name);
		return (table != null || name.equals(name.inLowerCase())) ? table : findExactly(name.inLowerCase());
	}

	private @Nullable TargetTable findExactly(QualifiedName name) {
		List<TargetTable> found = this.jdbc.query(TABLE, (row, number) -> read(row), name.quoted());
		return found.isEmpty() ? null : found.get(0);
	}

	/**
	 * Return the names of the tables there are.
	 */
	List<String> names() {
		return this.jdbc.queryForList(NAMES, String.class);
	}

	private TargetTable read(ResultSet row) throws SQLException {
		long oid = row.getLong("oid");
		String relkind = row.getString("relkind");
		Map<String, Column> columns = new LinkedHashMap<>();
		this.jdbc.query(COLUMNS, (column) -> {
			columns.put(column.getString("attname"), column(column));
		}, oid, oid);
		return new TargetTable(oid, row.getString("nspname"), row.getString("relname"),
				TABLES.contains(relkind) ? null : KINDS.getOrDefault(relkind, "no table"), relkind.equals("p"),
				new Guards(
						row.getBoolean("is_secured"), row.getBoolean("has_triggers"), row.getBoolean("relhassubclass")),
				columns,
				this.jdbc.query(KEYS,
						(key, number) -> new UniqueKey(key.getString("name"), key.getBoolean("indisprimary"),
								strings(key.getArray("columns"))),
						oid),
				this.jdbc.query(FOREIGN_KEYS,
						(key, number) -> new ForeignKey(key.getString("conname"), strings(key.getArray("columns")),
								key.getLong("confrelid"), key.getString("referenced_table"),
								strings(key.getArray("referenced")), key.getBoolean("has_period")),
						oid));
	}

	private static Column column(ResultSet row) throws SQLException {
		return new Column(row.getInt("attnum"), row.getString("attname"), row.getString("type"),
				ValueKind.valueOf(row.getString("kind")), row.getBoolean("is_plain"), row.getBoolean("is_collated"),
				row.getBoolean("attnotnull"), row.getBoolean("has_default"), row.getBoolean("is_generated"),
				row.getBoolean("is_always"));
	}

	private static List<String> strings(Array array) throws SQLException {
		return List.of((String[]) array.getArray());
	}

}
