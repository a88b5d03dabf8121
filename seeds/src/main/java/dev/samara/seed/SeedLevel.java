package dev.samara.seed;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

import dev.samara.environment.Environment;

/**
 * How important a seed is, and how much a run wants: a run at a level runs the seeds of
 * that level and the more important ones.
 *
 * @since 0.1.0
 */
public enum SeedLevel {

	/** Everything; of a seed: the first to be left out. */
	ALL,

	/** What the application needs to be tried out from end to end. */
	ESSENTIAL,

	/** What the application cannot do without. */
	MINIMAL,

	/** Of a run: no seed at all. No seed has this level. */
	NONE;

	/**
	 * Return the level as configuration and files write it.
	 */
	String word() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Return whether a run at this level runs a seed.
	 * @param seed level of the seed
	 * @return whether the seed is important enough; {@code false} for {@link #NONE},
	 * which is the level of no seed
	 */
	public boolean includes(SeedLevel seed) {
		return this != NONE && seed != NONE && compareTo(seed) <= 0;
	}

	/**
	 * Return the level of a run that does not say another one.
	 * @param environment the environment, or {@code null} if there is none
	 * @return {@link #MINIMAL} in production, {@link #ESSENTIAL} in staging, otherwise
	 * {@link #ALL}
	 */
	public static SeedLevel ofRun(@Nullable Environment environment) {
		if (environment == null) {
			return ALL;
		}
		return environment.isProduction() ? MINIMAL : environment.equals(Environment.STAGING) ? ESSENTIAL : ALL;
	}

	/**
	 * Return the level of a seed that does not say another one: the one that makes it run
	 * wherever its folder is read.
	 * @param folder the environment its folder belongs to, or {@code null} for
	 * {@code common}
	 * @return {@link #MINIMAL} in {@code common} and {@code prod}, {@link #ESSENTIAL} in
	 * {@code staging}, otherwise {@link #ALL}
	 */
	public static SeedLevel ofSeed(@Nullable Environment folder) {
		return (folder != null) ? ofRun(folder) : MINIMAL;
	}

}
