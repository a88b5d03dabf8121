package dev.samara.seed.data;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.samara.postgres.SqlLiteral;
import dev.samara.seed.data.LoadPlan.Value;

/**
 * Writes the statement that brings loaded rows into their table. Pure.
 * <p>
 * By a join, rows that are in the table are updated, those that are as the file has them
 * neither locked nor written again, and the rest is inserted. Where nearly all rows are
 * new or different that is work for nothing: then all of them are inserted, and the
 * conflict finds those that are there.
 */
final class MergeSql {

	/** About as many rows are looked at to tell which way is the shorter one. */
	private static final int SAMPLE = 1000;

	private final LoadPlan plan;

	private final LoadSql sql;

	MergeSql(LoadPlan plan, LoadSql sql) {
		this.plan = plan;
		this.sql = sql;
	}

	/** Whether four of five rows of the file are not in the table as they are. */
	String changesMost(long rows) {
		return "SELECT count(*) FILTER (WHERE t." + SqlLiteral.name(this.plan.keyColumns().get(0)) + " IS NULL OR "
				+ isDifferent(LoadSql::source) + ") * 5 >= count(*) * 4 AND count(*) > 0 FROM (SELECT * FROM "
				+ LoadSql.STAGE_QUOTED + " TABLESAMPLE SYSTEM ("
				+ String.format(Locale.ROOT, "%.6f", Math.min(100, 100.0 * SAMPLE / rows)) + ") REPEATABLE (1)) s"
				+ this.sql.joins() + " LEFT JOIN " + this.plan.table().quoted() + " t ON " + this.sql.onKey("t");
	}

	/**
	 * Delete, insert and update, and count. All of it is one statement, so that foreign
	 * keys are looked at when all rows are as they are to be.
	 * @param deletes the statements that delete, by name
	 * @param remember the statement that remembers the keys of inserted rows, as a
	 * further part of the query, or an empty text
	 * @param byConflict whether the conflict tells which rows are there
	 */
	String merge(Map<String, String> deletes, String remember, boolean byConflict) {
		boolean updates = !byConflict && this.plan.updates();
		String deleted = deletes.keySet()
			.stream()
			.map((name) -> "(SELECT count(*) FROM " + name + ")")
			.collect(Collectors.joining(" + "));
		// What is deleted or changed makes room in unique indexes, so it has to come
		// first.
		String afterwards = deleted.isEmpty() ? "" : " AND " + deleted + " >= 0";
		return "WITH "
				+ deletes.entrySet()
					.stream()
					.map((delete) -> delete.getKey() + " AS (" + delete.getValue() + " RETURNING 1), ")
					.collect(Collectors.joining())
				+ (updates ? "updated AS (" + update() + afterwards + " RETURNING 1), " : "") + "merged AS ("
				+ (byConflict ? upsert(afterwards)
						: insertNew(afterwards + (updates ? " AND (SELECT count(*) FROM updated) >= 0" : "")))
				+ " RETURNING " + isNew() + " AS is_new"
				+ (remember.isEmpty() ? "" : ", " + this.sql.keyObject("t") + " AS key") + ")" + remember
				+ " SELECT count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new)"
				+ (updates ? " + (SELECT count(*) FROM updated)" : "") + ", " + (deleted.isEmpty() ? "0" : deleted)
				+ " FROM merged";
	}

	/**
	 * What ON CONFLICT has updated has an xmax. Rows of partitions have no system columns
	 * here; what ON CONFLICT passes over is not returned.
	 */
	private String isNew() {
		return (this.plan.key() == null || this.plan.table().isPartitioned()) ? "true" : "(t.xmax = 0)";
	}

	private String update() {
		return "UPDATE " + this.plan.table().quoted() + " AS t SET "
				+ LoadSql.list(this.plan.updatable(),
						(value) -> LoadSql.name(value.column()) + " = " + LoadSql.source(value))
				+ " FROM " + this.sql.staged() + " WHERE " + this.sql.onKey("t") + " AND ("
				+ isDifferent(LoadSql::source) + ")";
	}

	private String insertNew(String condition) {
		if (this.plan.key() == null) {
			return insert();
		}
		return insert() + " LEFT JOIN " + this.plan.table().quoted() + " t ON " + this.sql.onKey("t") + " WHERE t."
				+ SqlLiteral.name(this.plan.keyColumns().get(0)) + " IS NULL" + condition + onConflict();
	}

	private String upsert(String condition) {
		return insert() + " WHERE true" + condition + onConflict() + " WHERE "
				+ isDifferent((value) -> "excluded." + LoadSql.name(value.column()));
	}

	private String insert() {
		boolean isAlways = this.plan.values().stream().anyMatch((value) -> value.column().isAlwaysIdentity());
		return "INSERT INTO " + this.plan.table().quoted() + " AS t ("
				+ LoadSql.list(this.plan.values(), (value) -> LoadSql.name(value.column())) + ")"
				+ (isAlways ? " OVERRIDING SYSTEM VALUE" : "") + " SELECT "
				+ LoadSql.list(this.plan.values(), LoadSql::source) + " FROM " + this.sql.staged();
	}

	/**
	 * Somebody else may insert the same key meanwhile. In a partitioned table that row
	 * stays as it is, since nothing would tell it from a new one.
	 */
	private String onConflict() {
		String sql = " ON CONFLICT (" + LoadSql.list(this.plan.keyColumns(), SqlLiteral::name) + ") DO ";
		if (!this.plan.updates() || this.plan.table().isPartitioned()) {
			return sql + "NOTHING";
		}
		return sql + "UPDATE SET " + LoadSql.list(this.plan.updatable(),
				(value) -> LoadSql.name(value.column()) + " = excluded." + LoadSql.name(value.column()));
	}

	private String isDifferent(Function<Value, String> now) {
		return this.plan.updatable()
			.stream()
			.map((value) -> isDifferent(value, now.apply(value)))
			.collect(Collectors.joining(" OR "));
	}

	/**
	 * Where equal values need not look the same (citext, numeric), their bytes are
	 * compared.
	 */
	private static String isDifferent(Value value, String now) {
		String before = "t." + LoadSql.name(value.column());
		return value.column().hasPlainEquality() ? before + " IS DISTINCT FROM " + now
				: "ROW(" + before + ")::pg_catalog.record OPERATOR(pg_catalog.*<>) ROW(" + now + ")::pg_catalog.record";
	}

}
