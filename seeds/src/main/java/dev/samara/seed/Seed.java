package dev.samara.seed;

import java.util.Comparator;

import org.jspecify.annotations.Nullable;

import dev.samara.environment.Environment;

/**
 * A seed that was found.
 *
 * @param name what identifies it: the path below its location, such as
 * {@code common/001_species.sql}
 * @param environment the environment its folder belongs to, or {@code null} for
 * {@code common}, the folder of all of them
 * @param number the number its file name begins with; {@link #UNNUMBERED} if there is
 * none
 * @param description the rest of the file name, with blanks for underscores; may be empty
 * @param level how important it is
 * @param content what it is made of
 * @since 0.1.0
 */
public record Seed(String name, @Nullable Environment environment, long number, String description, SeedLevel level,
		SeedContent content) {

	/** The folder of the seeds of all environments. */
	public static final String COMMON = "common";

	/**
	 * The number of data files without one: they are loaded after the others of their
	 * folder, in the order of foreign keys.
	 */
	public static final long UNNUMBERED = Long.MAX_VALUE;

	/** In the order they run: the common ones first, by number, then by name. */
	static final Comparator<Seed> ORDER = Comparator
		.comparing(Seed::environment,
				Comparator.nullsFirst(Comparator.comparing((Environment environment) -> environment.name())))
		.thenComparingLong(Seed::number)
		.thenComparing(Seed::name);

	/**
	 * Return the folder of an environment.
	 * @param environment the environment, or {@code null}
	 * @return its name, or {@code common}
	 */
	static String folder(@Nullable Environment environment) {
		return (environment != null) ? environment.name() : COMMON;
	}

	String folder() {
		return folder(this.environment);
	}

	/**
	 * Return whether the seed is for all environments.
	 * @return whether its folder is {@code common}
	 */
	public boolean isCommon() {
		return this.environment == null;
	}

	/**
	 * Return where its content stands.
	 * @return the file as its location shows it
	 */
	public String path() {
		return this.content.path();
	}

	/**
	 * Return by what a change of it is noticed.
	 * @return {@code sha256:} and a digest
	 */
	public String checksum() {
		return this.content.checksum();
	}

	/**
	 * Return whether foreign keys decide when it runs, among those of its folder.
	 */
	boolean isUnnumbered() {
		return this.number == UNNUMBERED;
	}

	/**
	 * Return whether it runs a single time, whatever becomes of its file.
	 * @return whether a change does not count
	 */
	boolean isOnce() {
		return this.content instanceof SeedContent.Data data && data.file().isOnce();
	}

	@Override
	public String toString() {
		return this.name;
	}

}
