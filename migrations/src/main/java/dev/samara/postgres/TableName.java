package dev.samara.postgres;

import org.jspecify.annotations.Nullable;

import dev.samara.Internal;

/**
 * Name of one of Samara's own tables.
 *
 * @param schema the schema, or {@code null} to find the table by the search path
 * @param name the table, in the case it has in the catalogue
 * @since 0.1.0
 */
@Internal
public record TableName(@Nullable String schema, String name) {

	/**
	 * Return the name for use in SQL.
	 * @return quoted, and qualified if there is a schema
	 */
	public String quoted() {
		String table = SqlLiteral.name(this.name);
		return (this.schema != null) ? SqlLiteral.name(this.schema) + "." + table : table;
	}

	/**
	 * Return another table of the same schema.
	 * @param other its name
	 * @return the name
	 */
	public TableName sibling(String other) {
		return new TableName(this.schema, other);
	}

	@Override
	public String toString() {
		return (this.schema != null) ? this.schema + "." + this.name : this.name;
	}

}
