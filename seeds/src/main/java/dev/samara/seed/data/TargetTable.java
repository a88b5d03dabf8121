package dev.samara.seed.data;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.samara.postgres.SqlLiteral;

/**
 * A table, as the catalogue has it.
 *
 * @param oid its number
 * @param schema its schema
 * @param name its name
 * @param kind what it is, in a word; {@code null} for a table that can be loaded
 * @param isPartitioned whether its rows are in partitions
 * @param guards what keeps rows from reaching the table as they are
 * @param columns the columns by name
 * @param keys primary key first, then unique constraints and indexes on plain columns
 * @param foreignKeys what its columns refer to
 */
record TargetTable(long oid, String schema, String name, @Nullable String kind, boolean isPartitioned, Guards guards,
		Map<String, Column> columns, List<UniqueKey> keys, List<ForeignKey> foreignKeys) {

	/**
	 * What keeps rows from reaching the table as they are.
	 *
	 * @param byPolicies whether row-level security is active for the session
	 * @param byTriggers whether triggers run before rows are inserted
	 * @param byChildren whether rows may lie in tables that inherit from it, of which its
	 * own keys know nothing
	 */
	record Guards(boolean byPolicies, boolean byTriggers, boolean byChildren) {

	}

	/**
	 * Columns by which a row is known.
	 *
	 * @param name name of the constraint or index
	 * @param isPrimary whether it is the primary key
	 * @param columns the columns
	 */
	record UniqueKey(String name, boolean isPrimary, List<String> columns) {

		@Override
		public String toString() {
			return this.name + " (" + String.join(", ", this.columns) + ")";
		}

	}

	/**
	 * A foreign key.
	 *
	 * @param name the name
	 * @param columns the columns that refer
	 * @param table number of the table they refer to
	 * @param tableName that table as SQL writes it
	 * @param referenced the columns they refer to
	 * @param hasPeriod whether the last columns are periods, which need not be equal
	 */
	record ForeignKey(String name, List<String> columns, long table, String tableName, List<String> referenced,
			boolean hasPeriod) {

	}

	@Nullable Column column(String text) {
		Column column = this.columns.get(text);
		return (column != null) ? column : this.columns.get(text.toLowerCase(Locale.ROOT));
	}

	@Nullable UniqueKey primaryKey() {
		return this.keys.stream().filter(UniqueKey::isPrimary).findFirst().orElse(null);
	}

	/**
	 * Find what a value of a column is when it refers to a row of another table: the
	 * column a foreign key points to, or else the primary key.
	 * @return the name, or {@code null} if there is neither
	 */
	@Nullable String pointedTo(Column column, TargetTable referenced) {
		for (ForeignKey key : this.foreignKeys) {
			int place = key.columns().indexOf(column.name());
			if (place >= 0 && key.table() == referenced.oid()) {
				return key.referenced().get(place);
			}
		}
		UniqueKey primary = referenced.primaryKey();
		return (primary != null && primary.columns().size() == 1) ? primary.columns().get(0) : null;
	}

	boolean isUnique(Collection<String> columns) {
		return this.keys.stream().anyMatch((key) -> columns.containsAll(key.columns()));
	}

	Set<String> columnNames() {
		return this.columns.values()
			.stream()
			.filter((column) -> !column.isGenerated())
			.map(Column::name)
			.collect(Collectors.toSet());
	}

	String quoted() {
		return SqlLiteral.name(this.schema) + "." + SqlLiteral.name(this.name);
	}

	@Override
	public String toString() {
		return this.schema + "." + this.name;
	}

}
