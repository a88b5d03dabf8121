package dev.samara.existing;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
 * @param histories history tables of other tools and of other applications that use
 * Samara, in any schema; those of the schema to migrate come first
 * @since 0.1.0
 */
@Internal
public record ExistingObjects(String database, @Nullable String schema, int count, List<String> names,
		List<ForeignHistory> histories) {

	/** Nothing, or nothing that matters: Samara has begun to migrate. */
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
	 * Return the other tools that have a history table in the schema to migrate.
	 * @return the tools, without Samara itself
	 */
	public List<MigrationTool> toolsOfTheSchema() {
		return tools(here().stream());
	}

	/**
	 * Return the other tools that have a history table in the database.
	 * @return the tools, without Samara itself
	 */
	public List<MigrationTool> toolsOfTheDatabase() {
		return tools(this.histories.stream());
	}

	/**
	 * Describe the contents in one sentence without a full stop.
	 * @return the description, with database, schema, objects and tools
	 */
	public String describe() {
		StringBuilder text = new StringBuilder("Schema \"").append(this.schema)
			.append("\" of database \"")
			.append(this.database)
			.append("\" ")
			.append(isEmpty() ? "is empty" : "contains " + objects());
		String tools = list(here().stream().filter(ForeignHistory::isOfAnotherTool));
		if (!tools.isEmpty()) {
			text.append(" and was migrated by another tool: ").append(tools);
		}
		String applications = list(here().stream().filter((history) -> !history.isOfAnotherTool()));
		if (!applications.isEmpty()) {
			text.append(" and has another history table: ").append(applications);
		}
		String elsewhere = list(this.histories.stream().filter((history) -> !isHere(history)));
		if (!elsewhere.isEmpty()) {
			text.append("; other schemas have history tables: ").append(elsewhere);
		}
		return text.toString();
	}

	private String objects() {
		return ((this.count == 1) ? "1 object" : this.count + " objects") + " (" + String.join(", ", this.names)
				+ ((this.count > this.names.size()) ? ", …)" : ")");
	}

	private List<ForeignHistory> here() {
		return this.histories.stream().filter(this::isHere).toList();
	}

	private boolean isHere(ForeignHistory history) {
		return Objects.equals(history.table().schema(), this.schema);
	}

	private static List<MigrationTool> tools(Stream<ForeignHistory> histories) {
		return histories.filter(ForeignHistory::isOfAnotherTool).map(ForeignHistory::tool).distinct().toList();
	}

	private static String list(Stream<ForeignHistory> histories) {
		return histories.map(ForeignHistory::toString).collect(Collectors.joining("; "));
	}

}
