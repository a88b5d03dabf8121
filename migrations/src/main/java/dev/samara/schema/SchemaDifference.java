package dev.samara.schema;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What became of a schema, object by object, in the order of their identities.
 *
 * @param added objects that there are only after
 * @param removed objects that there were only before
 * @param changed objects whose definition is another one
 * @since 0.1.0
 */
public record SchemaDifference(List<SchemaObject> added, List<SchemaObject> removed, List<Change> changed) {

	/**
	 * Create a difference.
	 */
	public SchemaDifference {
		added = List.copyOf(added);
		removed = List.copyOf(removed);
		changed = List.copyOf(changed);
	}

	/**
	 * Compare two pictures.
	 * @param before what there was, or should be
	 * @param after what there is
	 * @return the difference
	 * @throws IllegalArgumentException if the pictures cannot be
	 * {@linkplain SchemaSnapshot#isComparableTo(SchemaSnapshot) compared}
	 */
	public static SchemaDifference between(SchemaSnapshot before, SchemaSnapshot after) {
		if (!before.isComparableTo(after)) {
			throw new IllegalArgumentException("Snapshots of different editions cannot be compared: " + before.edition()
					+ " and " + after.edition());
		}
		List<SchemaObject> removed = new ArrayList<>();
		List<Change> changed = new ArrayList<>();
		before.objects().forEach((identity, object) -> {
			SchemaObject other = after.objects().get(identity);
			if (other == null) {
				removed.add(object);
			}
			else if (!object.equals(other)) {
				changed.add(new Change(object, other));
			}
		});
		List<SchemaObject> added = after.objects()
			.values()
			.stream()
			.filter((object) -> !before.objects().containsKey(object.identity()))
			.toList();
		return new SchemaDifference(added, removed, changed);
	}

	/**
	 * Return whether both pictures show the same.
	 * @return whether nothing was added, removed or changed
	 */
	public boolean isEmpty() {
		return this.added.isEmpty() && this.removed.isEmpty() && this.changed.isEmpty();
	}

	/**
	 * Return whether nothing but the order of columns differs, which no down script can
	 * restore short of making the table anew.
	 * @return whether the same columns stand in another order, and everything else is the
	 * same
	 */
	public boolean isOnlyColumnOrder() {
		return !isEmpty() && this.added.isEmpty() && this.removed.isEmpty()
				&& this.changed.stream().allMatch((change) -> change.identity().startsWith("columns "));
	}

	/**
	 * Return the number of objects that differ.
	 * @return 0 if there is no difference
	 */
	public int size() {
		return this.added.size() + this.removed.size() + this.changed.size();
	}

	/**
	 * Tell the difference, a line for each object: {@code +} there is more, {@code -}
	 * there is less, {@code ~} there is another. Long definitions are cut.
	 * @return the lines, in the order of the objects' names; empty if there is no
	 * difference
	 */
	public List<String> lines() {
		Stream<Line> more = this.added.stream().map((object) -> new Line(object, DefinitionText.line("+", object)));
		Stream<Line> less = this.removed.stream().map((object) -> new Line(object, DefinitionText.line("-", object)));
		Stream<Line> other = this.changed.stream()
			.map((change) -> new Line(change.before(), DefinitionText.line(change)));
		return Stream.of(more, less, other)
			.flatMap((lines) -> lines)
			.sorted(Comparator.comparing((line) -> line.object().identity()))
			.map(Line::text)
			.toList();
	}

	@Override
	public String toString() {
		return lines().stream().collect(Collectors.joining("\n"));
	}

	/**
	 * An object that was redefined.
	 *
	 * @param before how it was
	 * @param after how it is
	 */
	public record Change(SchemaObject before, SchemaObject after) {

		/**
		 * Return what the object is called, before and after.
		 * @return kind and qualified name
		 */
		public String identity() {
			return this.before.identity();
		}

	}

	private record Line(SchemaObject object, String text) {

	}

}
