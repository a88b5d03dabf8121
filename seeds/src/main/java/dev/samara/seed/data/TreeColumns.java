package dev.samara.seed.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
	 * @param line where the first row stands that refers so, 0 for none
	 * @param hasPlain whether there are values that are no reference
	 * @param clash where the first row stands whose value is of another sort than those
	 * before it, 0 for none
	 */
	private record Seen(@Nullable TreeReference reference, long line, boolean hasPlain, long clash) {

	}

	/**
	 * Which table a mapping refers to, and by which columns, in whatever order.
	 */
	record TreeReference(String table, Set<String> columns) {

		static @Nullable TreeReference of(DataValue value) {
			if (value instanceof Entries entries && entries.entries().get(REFERENCE) instanceof Scalar table) {
				Set<String> columns = new LinkedHashSet<>(entries.entries().keySet());
				columns.remove(REFERENCE);
				return new TreeReference(table.text(), columns);
			}
			return null;
		}

	}

	void add(Entries row, long line) {
		row.entries().forEach((name, value) -> {
			TreeReference reference = TreeReference.of(value);
			boolean isPlain = reference == null && !(value instanceof Null);
			this.columns.compute(name, (key, before) -> both(before, reference, isPlain, line));
		});
	}

	private static Seen both(@Nullable Seen before, @Nullable TreeReference reference, boolean isPlain, long line) {
		if (before == null) {
			return new Seen(reference, (reference != null) ? line : 0, isPlain, 0);
		}
		boolean isClash = (before.reference() != null) ? isPlain || !isSame(before.reference(), reference)
				: before.hasPlain() && reference != null;
		boolean isFirst = before.reference() == null && reference != null;
		return new Seen(isFirst ? reference : before.reference(), isFirst ? line : before.line(),
				before.hasPlain() || isPlain, (before.clash() == 0 && isClash) ? line : before.clash());
	}

	private static boolean isSame(TreeReference first, @Nullable TreeReference other) {
		return other == null || other.equals(first);
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
			problems.add(seen.line(), "The references of column \"" + name + "\" name no table, or no column of it",
					"Write {ref: species, name: …}: the table, and the columns its rows are known by.");
		}
		else if (seen.clash() > 0) {
			problems.add(seen.clash(),
					"Column \"" + name + "\" holds different references, or references and other values",
					"Refer to the same table by the same columns in every row.");
		}
		else {
			reference.columns().forEach((column) -> fields.add(new Field(name, new Field.Reference(table, column))));
		}
	}

}
