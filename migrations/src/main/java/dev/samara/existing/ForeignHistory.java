package dev.samara.existing;

import org.jspecify.annotations.Nullable;

import dev.samara.Internal;
import dev.samara.postgres.TableName;

/**
 * The history table of another migration tool.
 *
 * @param tool the tool
 * @param table the table, with its schema
 * @param lastVersion the last version or name in it; {@code null} if the table is empty,
 * has no versions, or cannot be read
 * @since 0.1.0
 */
@Internal
public record ForeignHistory(MigrationTool tool, TableName table, @Nullable String lastVersion) {

	/**
	 * Return whether another tool than Samara has written it.
	 * @return whether it is no history of another application's Samara
	 */
	public boolean isOfAnotherTool() {
		return this.tool != MigrationTool.SAMARA;
	}

	@Override
	public String toString() {
		return this.tool + ": table " + this.table
				+ ((this.lastVersion != null) ? ", last version " + this.lastVersion : "");
	}

}
