package dev.samara.seed.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.samara.seed.data.LoadPlan.Reference;
import dev.samara.seed.data.LoadPlan.Staged;
import dev.samara.seed.data.LoadPlan.Value;
import dev.samara.seed.data.TargetTable.UniqueKey;

/**
 * Checks the columns of a file against the catalogue, and decides how they are loaded.
 * Pure, but for the look-up of the tables it refers to.
 */
final class LoadPlanner {

	private static final String DO_NOT_SERVE = "deferrable ones, those WITHOUT OVERLAPS, and those with a condition or an "
			+ "expression, do not serve";

	private final DataFile file;

	private final TargetTable table;

	private final Function<QualifiedName, @Nullable TargetTable> tables;

	private final Problems problems;

	private final List<Staged> fields = new ArrayList<>();

	private final Map<String, Value> values = new LinkedHashMap<>();

	LoadPlanner(DataFile file, TargetTable table, Function<QualifiedName, @Nullable TargetTable> tables,
			Problems problems) {
		this.file = file;
		this.table = table;
		this.tables = tables;
		this.problems = problems;
	}

	/**
	 * Plan.
	 * @throws DataLoadException with everything that does not fit
	 */
	LoadPlan plan(List<Field> columns) {
		columns.forEach(this::add);
		boolean areColumnsKnown = this.problems.isEmpty();
		if (areColumnsKnown) {
			refuseWhatCannotBeInserted();
		}
		UniqueKey key = areColumnsKnown ? key() : null;
		this.problems.refuse();
		return new LoadPlan(this.table, this.file.mode(), this.fields, List.copyOf(this.values.values()), key);
	}

	private void add(Field field) {
		Column column = this.table.column(field.column());
		if (column == null) {
			problem("Table " + this.table + " has no column \"" + field.column() + "\"",
					Nearest.question(field.column(), this.table.columnNames()) + "Columns are "
							+ names(this.table.columnNames()) + ".");
		}
		else if (column.isGenerated()) {
			problem("Column \"" + column.name() + "\" of table " + this.table
					+ " is generated, so nothing can be put in", "Take the column out of the file.");
		}
		else if (field.reference() != null) {
			addReference(field, field.reference(), column);
		}
		else if (this.values.containsKey(column.name())) {
			problem("Column \"" + column.name() + "\" stands twice in the file", "Take one of the two out.");
		}
		else {
			Staged staged = stage(field, column);
			this.values.put(column.name(), new Value(column, List.of(staged), null));
		}
	}

	private Staged stage(Field field, Column column) {
		Staged staged = new Staged("samara_c" + this.fields.size(), field, column);
		this.fields.add(staged);
		return staged;
	}

	private void addReference(Field field, Field.Reference reference, Column column) {
		TargetTable referenced = this.tables.apply(reference.table());
		if (referenced == null) {
			problem("Column \"" + column.name() + "\" refers to table " + reference.table() + ", which does not exist",
					"Correct the name of the table, or add its schema.");
			return;
		}
		Column key = referenced.column(reference.column());
		if (key == null) {
			problem("Column \"" + column.name() + "\" refers to a column \"" + reference.column() + "\" of table "
					+ referenced + ", which has none",
					Nearest.question(reference.column(), referenced.columns().keySet()) + "Columns are "
							+ names(referenced.columns().keySet()) + ".");
			return;
		}
		Value before = this.values.get(column.name());
		if (before == null) {
			Column wanted = wanted(column, referenced);
			if (wanted != null) {
				this.values.put(column.name(), new Value(column, List.of(stage(field, key)),
						new Reference("samara_r" + this.values.size(), referenced, wanted)));
			}
		}
		else if (before.reference() == null || before.reference().table().oid() != referenced.oid()) {
			problem("Column \"" + column.name() + "\" has two different values or references",
					"Refer to one table, by one column or several.");
		}
		else {
			List<Staged> staged = new ArrayList<>(before.staged());
			staged.add(stage(field, key));
			this.values.put(column.name(), new Value(column, staged, before.reference()));
		}
	}

	/** The column a foreign key points to, or else the primary key. */
	private @Nullable Column wanted(Column column, TargetTable referenced) {
		String wanted = this.table.pointedTo(column, referenced);
		if (wanted != null) {
			return referenced.column(wanted);
		}
		problem("Column \"" + column.name() + "\" refers to table " + referenced
				+ ", but no foreign key and no primary key of one column says what to put in",
				"Add a foreign key, or write the value itself.");
		return null;
	}

	private void refuseWhatCannotBeInserted() {
		if (this.values.isEmpty()) {
			return;
		}
		Set<String> missing = this.table.columns()
			.values()
			.stream()
			.filter((column) -> column.isRequired() && !column.hasDefault() && !this.values.containsKey(column.name()))
			.map(Column::name)
			.collect(Collectors.toSet());
		if (!missing.isEmpty() && !this.table.guards().byTriggers()) {
			problem("The file lacks " + names(missing) + " of table " + this.table + ", NOT NULL without a default",
					"Add to the file what is missing, or give the column a default in a migration.");
		}
	}

	private @Nullable UniqueKey key() {
		if (this.values.isEmpty()) {
			return null;
		}
		String wanted = this.file.key();
		if (wanted != null) {
			return namedKey(wanted);
		}
		UniqueKey primary = this.table.primaryKey();
		if (primary != null && isInFile(primary)) {
			return primary;
		}
		List<UniqueKey> possible = this.table.keys().stream().filter(this::isInFile).toList();
		if (possible.size() == 1) {
			return possible.get(0);
		}
		if (possible.isEmpty() && this.file.mode() == DataMode.ONCE) {
			return null;
		}
		if (possible.isEmpty()) {
			problem("Nothing says by what rows of the file and of table " + this.table + " are matched: "
					+ (this.table.keys().isEmpty()
							? "the table has no primary key and no unique constraint (" + DO_NOT_SERVE + ")"
							: "the file holds all columns of none of " + keys(this.table.keys())),
					"Add the columns of a key to the file, add a unique constraint in a migration, or load the file a single time with mode=once.");
		}
		else {
			problem("Rows of the file could be matched by several keys of table " + this.table + ": " + keys(possible),
					"Say which one with \"samara: key=" + possible.get(0).name() + "\" at the top of the file.");
		}
		return null;
	}

	private @Nullable UniqueKey namedKey(String wanted) {
		Set<String> columns = new HashSet<>();
		Arrays.stream(wanted.split(",")).map(String::strip).forEach((name) -> {
			Column column = this.table.column(name);
			columns.add((column != null) ? column.name() : name);
		});
		for (UniqueKey key : this.table.keys()) {
			if (key.name().equals(wanted) || columns.equals(Set.copyOf(key.columns()))) {
				if (!isInFile(key)) {
					problem("The file lacks columns of its key " + key, "Add them to the file, or name another key.");
				}
				return key;
			}
		}
		problem("Table " + this.table + " has no unique constraint or index \"" + wanted + "\"",
				Nearest.question(wanted, this.table.keys().stream().map(UniqueKey::name).toList())
						+ (this.table.keys().isEmpty() ? "It has none; add one in a migration."
								: "There are " + keys(this.table.keys()) + "; " + DO_NOT_SERVE + "."));
		return null;
	}

	private boolean isInFile(UniqueKey key) {
		return this.values.keySet().containsAll(key.columns());
	}

	private void problem(String message, String remedy) {
		this.problems.add(0, message, remedy);
	}

	private static String keys(List<UniqueKey> keys) {
		return keys.stream().map(UniqueKey::toString).collect(Collectors.joining(", "));
	}

	private static String names(Set<String> names) {
		return names.stream().sorted().collect(Collectors.joining(", "));
	}

}
