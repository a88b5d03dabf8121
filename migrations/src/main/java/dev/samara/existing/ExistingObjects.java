package dev.samara.existing;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.samara.Internal;

/**
 * What a database contained before Samara's first run.
 *
 * @param database name of the database
 * @param schema the schema to migrate; {@code null} if it does not exist yet
 * @param count number of objects in that schema, without those of extensions and of
 * Samara
 * @param names the first few of them with their kinds, as in {@code table customer}
 * @param histories history tables of other tools, in any schema; those of the schema to
 * migrate come first
 * @since 0.1.0
 */
@Internal
public record ExistingObjects(String database, @Nullable String schema, int count, List<String> names,
		List<ForeignHistory> histories) {

	/** Nothing: the database has a history of Samara's, or its schema is empty. */
	public static final ExistingObjects NONE = new ExistingObjects("", null, 0, List.of(), List.of());

	/**
	 * Create a value.
	 */
	public ExistingObjects {
		names = List.copyOf(names);
		histories = List.copyOf(histories);
	}

	/**
	 * Return whether the schema to migrate contains nothing.
	 * @return whether there is no object
	 */
	public boolean isEmpty() {
		return this.count == 0;
	}

	/**
	 * Describe the contents in one sentence without a full stop.
	 * @return the description, with database, schema, objects and tools
	 */
	public String describe() {
		StringBuilder text = new StringBuilder("Schema \"").append(this.schema)
			.append("\" of database \"")
			.append(this.database)
			.append("\" contains ")
			.append((this.count == 1) ? "1 object" : this.count + " objects")
			.append(" (")
			.append(String.join(", ", this.names))
			.append((this.count > this.names.size()) ? ", …)" : ")");
		if (!this.histories.isEmpty()) {
			text.append(" and was migrated by another tool: ")
				.append(String.join("; ", this.histories.stream().map(ForeignHistory::toString).toList()));
		}
		return text.toString();
	}

}
