package dev.samara.seed;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A seed that is code: for data that has to be computed. In a Spring application every
 * bean of this type is one, and may be bound to profiles and be given other beans. It may
 * not be given what uses the database, as all of that waits for the seeds: the database
 * is in the {@link SeedContext}.
 *
 * @since 0.1.0
 * @see ReversibleSeeder
 */
public interface Seeder {

	/** The folder of the seeds of all environments, production among them. */
	String COMMON = Seed.COMMON;

	/**
	 * Return what the seeder is called, as a file would be: a number, which says when it
	 * runs among the files and seeders of its folder, and a name.
	 * @return a name such as {@code 050_user_statistics}
	 */
	String name();

	/**
	 * Return where it runs: the folders it would stand in if it were a file. In each of
	 * them it is a seed of its own, {@code dev/050_user_statistics} for example. There is
	 * no default, so that nothing reaches production that nobody has sent there.
	 * @return environments, or {@link #COMMON} alone
	 */
	List<String> environments();

	/**
	 * Return how important it is.
	 * @return the level, or {@code null} for that of a file in the same folder
	 */
	default @Nullable SeedLevel level() {
		return null;
	}

	/**
	 * Return what runs before it.
	 * @return names of seeds, of files or of seeders; without folder those of the same
	 * one
	 */
	default List<String> dependsOn() {
		return List.of();
	}

	/**
	 * Return its version. It runs again when that is another one.
	 * @return any text
	 */
	default String version() {
		return "1";
	}

	/**
	 * Return the tables it fills. When a migration or a rollback drops or empties one of
	 * them, the seeder runs again. Without any, the tables count that its transaction has
	 * written.
	 * @return names as in SQL, in the case they have, with a schema if the search path
	 * does not contain it
	 */
	default List<String> tables() {
		return List.of();
	}

	/**
	 * Seed. Called in a transaction with the entry in the history, while this instance
	 * holds the lock; called again, with nothing of the attempt before left, if that did
	 * not get its locks. It may run again on the same data, so write it for that.
	 * @param context the database and the environment
	 * @throws Exception if it fails: nothing of it is applied then
	 */
	void seed(SeedContext context) throws Exception;

}
