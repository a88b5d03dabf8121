package dev.samara.migration;

import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.samara.environment.Environment;
import dev.samara.placeholder.BuiltIns;
import dev.samara.script.Script;

/**
 * A migration that was found.
 *
 * @param kind what makes it run
 * @param version the version, or {@code null} for a repeatable one
 * @param description what its name says, with blanks for underscores; may be empty
 * @param content what runs
 * @param down the script that takes it back, or {@code null} if there is none
 * @param irreversible why it cannot be taken back, or {@code null} if it does not say so
 * @param environments the only environments it is for; empty if it is for all
 * @since 0.1.0
 */
public record Migration(MigrationKind kind, @Nullable MigrationVersion version, String description,
		MigrationContent content, @Nullable Script down, @Nullable String irreversible, Set<Environment> environments) {

	/**
	 * Create a migration.
	 */
	public Migration {
		environments = Set.copyOf(environments);
	}

	/**
	 * Return whether the migration is for an environment.
	 * @param environment the environment of an application, or {@code null} if it has
	 * none
	 * @return whether it runs there
	 */
	public boolean isFor(@Nullable Environment environment) {
		return this.environments.isEmpty() || (environment != null && this.environments.contains(environment));
	}

	/**
	 * Return where it stands.
	 * @return the file as its location shows it, or the class
	 */
	public String path() {
		return this.content.path();
	}

	/**
	 * Return by what a change is noticed.
	 * @return {@code sha256:} and a digest
	 */
	public String checksum() {
		return this.content.checksum();
	}

	/**
	 * Return whether there is a way back.
	 * @return whether it has a down script, or is code that can take itself back
	 */
	public boolean hasDown() {
		return this.down != null || (this.content instanceof MigrationContent.Java java
				&& java.migration() instanceof ReversibleJavaMigration);
	}

	/**
	 * Add values of built-in placeholders. Code has none of its own.
	 * @param known the values
	 */
	Migration with(BuiltIns known) {
		BuiltIns own = known.with(BuiltIns.Name.VERSION, (this.version != null) ? this.version.toString() : null);
		MigrationContent filled = this.content.with(own);
		Script filledDown = (this.down != null) ? this.down.with(own) : null;
		return (filled == this.content && filledDown == this.down) ? this : new Migration(this.kind, this.version,
				this.description, filled, filledDown, this.irreversible, this.environments);
	}

	/**
	 * Return what identifies the migration.
	 * @return the key
	 */
	public MigrationKey key() {
		return MigrationKey.of(this.version, this.description);
	}

	/**
	 * Return whether the migration runs once.
	 * @return whether it has a version
	 */
	public boolean isVersioned() {
		return this.kind == MigrationKind.VERSIONED;
	}

	@Override
	public String toString() {
		return this.description.isEmpty() ? key().toString()
				: (this.version != null) ? this.version + " (" + this.description + ")" : key().toString();
	}

}
