package dev.samara.seed.data;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import dev.samara.postgres.SqlLiteral;
import dev.samara.seed.data.LoadPlan.Reference;
import dev.samara.seed.data.LoadPlan.Staged;
import dev.samara.seed.data.LoadPlan.Value;
import dev.samara.seed.data.TargetTable.ForeignKey;

/**
 * Writes the statements of a load, but for the merge. Pure.
 */
final class LoadSql {

	/** The temporary table. Its columns have names the server's errors are read by. */
	static final String STAGE = "samara_seed_load";

	static final String STAGE_QUOTED = "pg_temp." + STAGE;

	private final LoadPlan plan;

	LoadSql(LoadPlan plan) {
		this.plan = plan;
	}

	/**
	 * The temporary table has the very types of the columns, so that COPY finds wrong
	 * values.
	 */
	String createStage() {
		String columns = this.plan.fields()
			.stream()
			.map((field) -> alias(field) + "." + name(field.column()) + " AS " + field.name())
			.collect(Collectors.joining(", "));
		String tables = references().stream()
			.map((reference) -> ", " + reference.table().quoted() + " " + reference.alias())
			.collect(Collectors.joining());
		return "CREATE TEMPORARY TABLE " + STAGE + " ON COMMIT DROP AS SELECT " + columns + " FROM "
				+ this.plan.table().quoted() + " t" + tables + " WITH NO DATA";
	}

	String copyToStage() {
		return "COPY " + STAGE_QUOTED + " FROM STDIN";
	}

	String copyToTable() {
		return "COPY " + this.plan.table().quoted() + " (" + list(this.plan.fields(), (field) -> name(field.column()))
				+ ") FROM STDIN";
	}

	/** Whether some key stands in several rows, or is not complete. */
	String hasUnsoundKeys() {
		String keys = list(keyFields(), Staged::name);
		return "SELECT EXISTS (SELECT FROM " + STAGE_QUOTED + " GROUP BY " + keys + " HAVING count(*) > 1 OR "
				+ keyFields().stream().map((field) -> field.name() + " IS NULL").collect(Collectors.joining(" OR "))
				+ ")";
	}

	/**
	 * The rows of such keys: the first two of each, the second is null if the key is not
	 * complete.
	 */
	String unsoundKeys() {
		String isIncomplete = keyFields().stream()
			.map((field) -> field.name() + " IS NULL")
			.collect(Collectors.joining(" OR "));
		return "SELECT (array_agg(n ORDER BY n))[1], CASE WHEN NOT bool_or(" + isIncomplete
				+ ") THEN (array_agg(n ORDER BY n))[2] END FROM " + numbered() + " GROUP BY "
				+ list(keyFields(), Staged::name) + " HAVING count(*) > 1 OR bool_or(" + isIncomplete
				+ ") ORDER BY 1 LIMIT 20";
	}

	/** Rows whose reference finds nothing (0) or several rows. */
	String brokenReferences(Value value, Reference reference) {
		String isGiven = value.staged().stream().map((key) -> "s." + key.name()).collect(Collectors.joining(", "));
		String found = "(SELECT count(*) FROM (SELECT FROM " + reference.table().quoted() + " " + reference.alias()
				+ " WHERE " + matches(value, reference) + " LIMIT 2) found)";
		return "SELECT n, " + found + " FROM " + numbered() + " WHERE num_nonnulls(" + isGiven + ") > 0 AND " + found
				+ " <> 1 ORDER BY n LIMIT 20";
	}

	String hasBrokenReferences(Value value, Reference reference) {
		String isGiven = "num_nonnulls("
				+ value.staged().stream().map((key) -> "s." + key.name()).collect(Collectors.joining(", ")) + ") > 0";
		String match = " FROM " + reference.table().quoted() + " " + reference.alias() + " WHERE "
				+ matches(value, reference);
		String missing = "EXISTS (SELECT FROM " + STAGE_QUOTED + " s WHERE " + isGiven + " AND NOT EXISTS (SELECT"
				+ match + "))";
		if (reference.table().isUnique(value.staged().stream().map((key) -> key.column().name()).toList())) {
			return "SELECT " + missing;
		}
		String keys = list(value.staged(), (key) -> reference.alias() + "." + name(key.column()));
		return "SELECT " + missing + " OR EXISTS (SELECT FROM " + STAGE_QUOTED + " s JOIN (SELECT " + keys + " FROM "
				+ reference.table().quoted() + " " + reference.alias() + " GROUP BY " + keys + " HAVING count(*) > 1) "
				+ reference.alias() + " ON " + matches(value, reference) + ")";
	}

	/** The key of a row of the table as JSON: each value as PostgreSQL writes it. */
	String keyObject(String alias) {
		return "pg_catalog.jsonb_build_object("
				+ list(this.plan.keyColumns(),
						(column) -> SqlLiteral.text(column) + ", " + alias + "." + SqlLiteral.name(column) + "::text")
				+ ")";
	}

	/** The rows of the file that have the key of a row of the table. */
	String stagedLike(String alias) {
		return staged() + " WHERE " + onKey(alias);
	}

	/**
	 * The rows of the file that refer by a foreign key to a row of its own table that is
	 * marked, or nothing to ask if the file does not hold the foreign key.
	 */
	@Nullable String stagedReferringToMarked(ForeignKey key) {
		List<Value> values = key.columns()
			.stream()
			.flatMap((column) -> this.plan.values().stream().filter((value) -> value.column().name().equals(column)))
			.toList();
		if (values.size() < key.columns().size()) {
			return null;
		}
		return "SELECT count(*) FROM " + staged() + " JOIN " + this.plan.table().quoted() + " t ON "
				+ IntStream.range(0, values.size())
					.mapToObj((i) -> "t." + SqlLiteral.name(key.referenced().get(i)) + " = " + source(values.get(i)))
					.collect(Collectors.joining(" AND "))
				+ " JOIN " + MarkedRows.TABLE + " m ON m.part = t.tableoid AND m.place = t.ctid";
	}

	String firstNull(Staged field) {
		return "SELECT n FROM " + numbered() + " WHERE " + field.name() + " IS NULL ORDER BY n LIMIT 1";
	}

	/** The first row whose foreign key points to nothing. */
	String firstDangling(ForeignKey key, List<Value> values) {
		StringBuilder sql = new StringBuilder("SELECT n FROM " + numbered() + " WHERE NOT EXISTS (SELECT FROM ")
			.append(key.tableName())
			.append(" r WHERE ");
		StringBuilder given = new StringBuilder();
		for (int i = 0; i < values.size(); i++) {
			sql.append((i > 0) ? " AND " : "")
				.append("r.")
				.append(SqlLiteral.name(key.referenced().get(i)))
				.append(" = ")
				.append(source(values.get(i)));
			given.append(" AND ").append(source(values.get(i))).append(" IS NOT NULL");
		}
		return sql.append(")").append(given).append(" ORDER BY n").toString();
	}

	/**
	 * The rows of the table as the merge would leave them, with their number in the file
	 * and where they lie now. Rows it would not touch are not among them.
	 * @param others columns that the file does not hold, and what a new row has in them
	 */
	String resulting(Map<String, String> others) {
		boolean isMatched = this.plan.key() != null;
		StringBuilder sql = new StringBuilder("(SELECT s.n AS samara_n, ")
			.append(isMatched ? "t.tableoid AS samara_table, t.ctid AS samara_place"
					: "NULL::pg_catalog.oid AS samara_table, NULL::pg_catalog.tid AS samara_place");
		for (Value value : this.plan.values()) {
			sql.append(", ").append(source(value)).append(" AS ").append(name(value.column()));
		}
		others.forEach((column, initial) -> {
			String name = SqlLiteral.name(column);
			String result = isMatched ? "CASE WHEN t.ctid IS NULL THEN " + initial + " ELSE t." + name + " END"
					: initial;
			sql.append(", ").append(result).append(" AS ").append(name);
		});
		sql.append(" FROM ").append(numbered()).append(joins());
		if (isMatched) {
			sql.append(" LEFT JOIN ").append(this.plan.table().quoted()).append(" t ON ").append(onKey("t"));
			sql.append(this.plan.mode().updates() ? "" : " WHERE t.ctid IS NULL");
		}
		return sql.append(") ").append(SqlLiteral.name(this.plan.table().name())).toString();
	}

	/** The rows of the file, with what they refer to. */
	String staged() {
		return STAGE_QUOTED + " s" + joins();
	}

	String joins() {
		return this.plan.values()
			.stream()
			.filter((value) -> value.reference() != null)
			.map(LoadSql::join)
			.collect(Collectors.joining());
	}

	private static String join(Value value) {
		Reference reference = Objects.requireNonNull(value.reference());
		return " LEFT JOIN " + reference.table().quoted() + " " + reference.alias() + " ON "
				+ matches(value, reference);
	}

	private static String matches(Value value, Reference reference) {
		return value.staged()
			.stream()
			.map((key) -> reference.alias() + "." + name(key.column()) + " = s." + key.name())
			.collect(Collectors.joining(" AND "));
	}

	String onKey(String alias) {
		return this.plan.keyValues()
			.stream()
			.map((value) -> alias + "." + name(value.column()) + " = " + source(value))
			.collect(Collectors.joining(" AND "));
	}

	private List<Staged> keyFields() {
		return this.plan.keyValues().stream().flatMap((value) -> value.staged().stream()).toList();
	}

	private List<Reference> references() {
		return this.plan.values()
			.stream()
			.map(Value::reference)
			.filter(Objects::nonNull)
			.map(Objects::requireNonNull)
			.toList();
	}

	private String alias(Staged field) {
		for (Value value : this.plan.values()) {
			if (value.reference() != null && value.staged().contains(field)) {
				return value.reference().alias();
			}
		}
		return "t";
	}

	static String source(Value value) {
		Reference reference = value.reference();
		return (reference != null) ? reference.alias() + "." + name(reference.column())
				: "s." + value.staged().get(0).name();
	}

	/** Rows with their number in the file: they lie in the order they came. */
	private static String numbered() {
		return "(SELECT row_number() OVER (ORDER BY ctid) AS n, * FROM " + STAGE_QUOTED + ") s";
	}

	static String name(Column column) {
		return SqlLiteral.name(column.name());
	}

	static <T> String list(List<T> items, Function<T, String> text) {
		return items.stream().map(text).collect(Collectors.joining(", "));
	}

}
