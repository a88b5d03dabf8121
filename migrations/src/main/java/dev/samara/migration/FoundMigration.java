package dev.samara.migration;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A migration as a file or code says it is, before it is known what else there is.
 *
 * @param name what its name says
 * @param content what runs
 * @param environments the environments that code names; a file has a directive for it
 * @param bean what code is called among others, or {@code null}
 */
record FoundMigration(MigrationName name, MigrationContent content, List<String> environments, @Nullable String bean) {

	FoundMigration(MigrationName name, MigrationContent content, List<String> environments) {
		this(name, content, environments, null);
	}

	static FoundMigration of(MigrationName name, MigrationContent.Sql content) {
		return new FoundMigration(name, content, List.of());
	}

	FoundMigration ofBean(@Nullable String other) {
		return new FoundMigration(this.name, this.content, this.environments, other);
	}

	/** What tells it from others: one class may be several beans. */
	String origin() {
		String path = this.content.path();
		return (this.bean == null || path.endsWith("#" + this.bean)) ? path : path + " (bean \"" + this.bean + "\")";
	}

}
