package dev.samara.seed.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import dev.samara.seed.data.DataValue.Entries;
import dev.samara.seed.data.DataValue.Null;
import dev.samara.seed.data.DataValue.Scalar;

/**
 * The columns of a file whose rows name them one by one: those of all rows, in the order
 * they first appear.
 */
final class TreeColumns {

	static final String REFERENCE = "ref";

	private final Map<String, Seen> columns = new LinkedHashMap<>();

	/**
	 * What the rows say about a column.
	 *
	 * @param reference the reference its values are, or {@code null}
	 * @param hasPlain whether there are values that are none
	 * @param line where the first row stands whose reference differs, 0 for none
	 */
	private record Seen(@Nullable TreeReference reference, boolean hasPlain, long line) {

	}

	/**
	 * Which table a mapping refers to, and by which columns.
	 */
	record TreeReference(String table, List<String> columns) {

		static @Nullable TreeReference of(DataValue value) {
			if (value instanceof Entries entries && entries.entries().get(REFERENCE) instanceof Scalar table) {
				return new TreeReference(table.text(),
						entries.entries().keySet().stream().filter((key) -> !key.equals(REFERENCE)).toList());
			}
			return null;
		}

	}

	void add(Entries row, long line) {
		row.entries().forEach((name, value) -> this.columns.merge(name, seen(value, line), TreeColumns::both));
	}

	private static Seen seen(DataValue value, long line) {
		TreeReference reference = TreeReference.of(value);
		return new Seen(reference, reference == null && !(value instanceof Null), (reference != null) ? -line : 0);
	}

	private static Seen both(Seen before, Seen now) {
		TreeReference reference = (before.reference() != null) ? before.reference() : now.reference();
		boolean isSame = now.reference() == null || now.reference().equals(reference);
		long line = (before.line() > 0 || isSame) ? Math.max(before.line(), 0) : -now.line();
		return new Seen(reference, before.hasPlain() || now.hasPlain(), line);
	}

	List<Field> fields(Predicate<String> isJson, Problems problems) {
		List<Field> fields = new ArrayList<>();
		this.columns.forEach((name, seen) -> {
			if (seen.reference() == null || isJson.test(name)) {
				fields.add(new Field(name, null));
			}
			else {
				addReference(name, seen, seen.reference(), fields, problems);
			}
		});
		return fields;
	}

	private static void addReference(String name, Seen seen, TreeReference reference, List<Field> fields,
			Problems problems) {
		QualifiedName table = QualifiedName.parse(reference.table());
		if (table == null || reference.columns().isEmpty()) {
			problems.add(0, "The references of column \"" + name + "\" name no table, or no column of it",
					"Write {ref: species, name: …}: the table, and the columns its rows are known by.");
		}
		else if (seen.hasPlain() || seen.line() > 0) {
			problems.add(Math.max(seen.line(), 0),
					"Column \"" + name + "\" holds different references, or references and other values",
					"Refer to the same table by the same columns in every row.");
		}
		else {
			reference.columns().forEach((column) -> fields.add(new Field(name, new Field.Reference(table, column))));
		}
	}

}
