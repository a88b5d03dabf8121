package dev.samara.seed.data;

import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.samara.seed.data.TargetTable.UniqueKey;

/**
 * How the columns of a file become columns of a table.
 *
 * @param table the table
 * @param mode what becomes of rows that are there already
 * @param fields the columns of the file, as they are loaded
 * @param values where the columns of the table get their values from
 * @param key the columns rows are matched by, or {@code null} if every row is new
 */
record LoadPlan(TargetTable table, DataMode mode, List<Staged> fields, List<Value> values, @Nullable UniqueKey key) {

	private static final Set<String> INTEGERS = Set.of("smallint", "integer", "bigint");

	LoadPlan {
		fields = List.copyOf(fields);
		values = List.copyOf(values);
	}

	/**
	 * A column of the file.
	 *
	 * @param name what it is called while it is loaded
	 * @param field as the file names it
	 * @param column the column whose type it has
	 */
	record Staged(String name, Field field, Column column) {

	}

	/**
	 * A column of the table.
	 *
	 * @param column the column
	 * @param staged the column of the file; of a reference, those that are its key
	 * @param reference the table and column it refers to, or {@code null}
	 */
	record Value(Column column, List<Staged> staged, @Nullable Reference reference) {

		Value {
			staged = List.copyOf(staged);
		}

	}

	/**
	 * A reference.
	 *
	 * @param alias of the table, in SQL
	 * @param table the table
	 * @param column the column whose value is wanted
	 */
	record Reference(String alias, TargetTable table, Column column) {

	}

	boolean hasReferences() {
		return this.values.stream().anyMatch((value) -> value.reference() != null);
	}

	List<String> keyColumns() {
		return (this.key != null) ? this.key.columns() : List.of();
	}

	List<Value> keyValues() {
		return this.values.stream().filter((value) -> keyColumns().contains(value.column().name())).toList();
	}

	/** What is written to a row that is there already. */
	List<Value> updatable() {
		return this.values.stream()
			.filter((value) -> !keyColumns().contains(value.column().name()) && !value.column().isAlwaysIdentity())
			.toList();
	}

	/** Whether rows that are there already are written to. */
	boolean updates() {
		return this.key != null && this.mode.updates() && !updatable().isEmpty();
	}

	/**
	 * Whether a row that is there already may be inserted all the same, the conflict
	 * being all that comes of it: no trigger sees it, no policy judges it, and no column
	 * is missing that would have to be filled, from a sequence for instance.
	 */
	boolean mayMeetConflicts() {
		return updates() && !this.table.isPartitioned() && !this.table.guards().byPolicies()
				&& !this.table.guards().byTriggers() && !this.table.guards().byChildren()
				&& this.values.size() == this.table.columnNames().size();
	}

	/**
	 * Return the place of the only column of the key, if it is one that a file usually
	 * brings in order: an integer.
	 * @return its place among the fields, or -1
	 */
	int integerKey() {
		List<Value> keys = keyValues();
		if (keys.size() != 1 || keys.get(0).reference() != null || !INTEGERS.contains(keys.get(0).column().type())) {
			return -1;
		}
		return this.fields.indexOf(keys.get(0).staged().get(0));
	}

}
