package dev.samara.migration;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.samara.Internal;
import dev.samara.placeholder.BuiltIns;
import dev.samara.script.Checksum;
import dev.samara.script.Dependency;
import dev.samara.script.Script;

/**
 * What a migration is made of.
 *
 * @since 0.1.0
 */
public sealed interface MigrationContent {

	/**
	 * Return where it stands.
	 * @return the file as its location shows it, or the class
	 */
	String path();

	/**
	 * Return by what a change is noticed.
	 * @return {@code sha256:} and a digest
	 */
	String checksum();

	/**
	 * Return what it says it depends on.
	 * @return the dependencies, in order
	 */
	@Internal
	List<Dependency> dependencies();

	/**
	 * Add values of built-in placeholders.
	 * @param known the values
	 * @return the content, the same one if none of its placeholders is replaced
	 */
	@Internal
	MigrationContent with(BuiltIns known);

	/**
	 * A script.
	 *
	 * @param script the script
	 */
	record Sql(Script script) implements MigrationContent {

		@Override
		public String path() {
			return this.script.path();
		}

		@Override
		public String checksum() {
			return this.script.checksum();
		}

		@Override
		@Internal
		public List<Dependency> dependencies() {
			return Dependency.of(this.script);
		}

		@Override
		@Internal
		public MigrationContent with(BuiltIns known) {
			Script filled = this.script.with(known);
			return (filled == this.script) ? this : new Sql(filled);
		}

	}

	/**
	 * Code of the application.
	 *
	 * @param migration the code
	 * @param ownName what it calls itself, or {@code null}; it is not asked again
	 * @param path its class
	 * @param checksum {@code sha256:} and the digest of its name and of what it says
	 * itself
	 * @param dependencies what it says it depends on, in order
	 * @param isTransactional whether it runs in one transaction with its entry in the
	 * history
	 */
	record Java(JavaMigration migration, @Internal @Nullable String ownName, String path, String checksum,
			@Internal List<Dependency> dependencies, boolean isTransactional) implements MigrationContent {

		/**
		 * Create content.
		 */
		public Java {
			dependencies = List.copyOf(dependencies);
		}

		/**
		 * Create content.
		 * @param ownName what the code calls itself, or {@code null}
		 * @param name what that, its class or its bean says
		 * @param own by what it says a change is noticed, or {@code null}
		 */
		static Java of(JavaMigration migration, @Nullable String ownName, JavaMigrationName name, @Nullable String own,
				List<Dependency> dependencies, boolean isTransactional) {
			return new Java(migration, ownName, name.path(), checksum(name.name(), own), dependencies, isTransactional);
		}

		/** The name is part of it: another one of the same version is another one. */
		private static String checksum(MigrationName name, @Nullable String own) {
			String text = name.description() + ((own != null) ? "\n" + own : "");
			return Checksum.of(text.getBytes(StandardCharsets.UTF_8));
		}

		@Override
		@Internal
		public MigrationContent with(BuiltIns known) {
			return this;
		}

	}

}
