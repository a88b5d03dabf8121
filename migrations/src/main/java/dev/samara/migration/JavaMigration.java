package dev.samara.migration;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A migration that is code: for what SQL cannot say. In a Spring application every bean
 * of this type is one, and may be bound to profiles and be given other beans. It may not
 * be given what uses the database, as all of that waits for the migrations: the database
 * is in the {@link MigrationContext}.
 *
 * @since 0.1.0
 * @see ReversibleJavaMigration
 */
public interface JavaMigration {

	/**
	 * Return what the migration is called, as a file would be without its ending:
	 * {@code V7__fill_slugs}, {@code 007_fill_slugs}, or {@code R__slugs} for one that is
	 * repeatable.
	 * @return the name, or {@code null} if the class is called so
	 * ({@code V7__FillSlugs}), or else its bean
	 */
	default @Nullable String name() {
		return null;
	}

	/**
	 * Return what is applied before it.
	 * @return versions or names of migrations, of files or of code, {@code R:} before
	 * those of repeatable ones
	 */
	default List<String> dependsOn() {
		return List.of();
	}

	/**
	 * Return where it runs.
	 * @return names of environments; empty if it runs in all of them
	 */
	default List<String> environments() {
		return List.of();
	}

	/**
	 * Return by what a change is noticed, beside the name: a versioned migration that was
	 * changed after it was applied is refused, a repeatable one runs again. By default
	 * only another name is a change, so that the class may be moved, formatted and
	 * refactored.
	 * @return any text, such as {@code "2"} or {@link ClassChecksum#of(Class)
	 * ClassChecksum.of(getClass())}; or {@code null}
	 */
	default @Nullable String checksum() {
		return null;
	}

	/**
	 * Return whether it runs in one transaction with its entry in the history. If not,
	 * each of its statements commits by itself, it may begin and end transactions of its
	 * own, and it is called again when it has failed or was interrupted: so write it that
	 * it can go on from anything it may have left.
	 * @return whether it is done completely or not at all
	 */
	default boolean isTransactional() {
		return true;
	}

	/**
	 * Migrate. Called while this instance holds the lock; in a transaction it is called
	 * again, with nothing of the attempt before left, if that did not get its locks.
	 * @param context the database and the environment
	 * @throws Exception if it fails: nothing of it is applied then, if it is
	 * transactional
	 */
	void up(MigrationContext context) throws Exception;

}
