package dev.samara.seed;

import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import dev.samara.environment.Environment;
import dev.samara.seed.check.CheckQuery;

/**
 * A file of checks, {@code 010_species.check.sql}. It belongs to the seeds that have its
 * name but for the extension, and if there are any it counts once one of them is applied.
 *
 * @param name the path below its location
 * @param environment the environment its folder belongs to, or {@code null} for
 * {@code common}
 * @param queries what is checked
 */
record CheckFile(String name, @Nullable Environment environment, List<CheckQuery> queries) {

	private static final String EXTENSION = ".check.sql";

	CheckFile {
		queries = List.copyOf(queries);
	}

	static boolean isCheck(String path) {
		return path.toLowerCase(Locale.ROOT).endsWith(EXTENSION);
	}

	boolean belongsTo(String seed) {
		String stem = this.name.substring(0, this.name.length() - EXTENSION.length());
		return SeedNames.withoutExtension(seed).equals(stem);
	}

	/**
	 * Decide whether it counts. What a newer release has applied is not checked by the
	 * files of an older one, and rows that were lost are not expected.
	 * @param seeds the seeds as they stand
	 */
	boolean isDue(List<SeedStatus> seeds, SeedGuard guard) {
		List<SeedStatus> own = seeds.stream().filter((seed) -> belongsTo(seed.name())).toList();
		return guard.admits(this.environment) && (own.isEmpty() || own.stream()
			.anyMatch((seed) -> seed.applied() != null && seed.loss() == null && seed.state() != SeedState.FUTURE));
	}

}
