package dev.samara.seed;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.samara.script.Finding;
import dev.samara.script.Place;
import dev.samara.script.SimilarNames;

/**
 * Finds seeds by what people call them: the name, with or without extension, and without
 * the folder if it is that of the seed that asks. Pure.
 *
 * @param seeds the seeds there are
 */
record SeedNames(Collection<Seed> seeds) {

	private static final Pattern EXTENSION = Pattern.compile("(\\.generate)?\\.(sql|csv|json|ya?ml)$",
			Pattern.CASE_INSENSITIVE);

	/**
	 * Return a seed's name without the extension of its file.
	 */
	static String withoutExtension(String name) {
		return EXTENSION.matcher(name).replaceFirst("");
	}

	/**
	 * Find a seed.
	 * @param name what it is called
	 * @param asking the seed that asks, or {@code null}
	 * @return the seeds that may be meant; a single one if it is clear
	 */
	List<Seed> find(String name, @Nullable Seed asking) {
		List<Seed> exact = this.seeds.stream().filter((seed) -> seed.name().equals(name)).toList();
		if (!exact.isEmpty()) {
			return exact;
		}
		String inFolder = (asking != null) ? asking.name().substring(0, asking.name().indexOf('/') + 1) + name : name;
		return this.seeds.stream()
			.filter((seed) -> seed.name().equals(inFolder) || withoutExtension(seed.name()).equals(name)
					|| withoutExtension(seed.name()).equals(inFolder))
			.toList();
	}

	/**
	 * Tell that a name is not that of a single seed.
	 * @param name what was written
	 * @param found the seeds that may be meant
	 * @param sentence who wrote it, as in "Seed a depends on "
	 * @param place where, or {@code null}
	 */
	Finding unclear(String name, List<Seed> found, String sentence, @Nullable Place place) {
		if (!found.isEmpty()) {
			return Finding.error("ambiguous-seed",
					sentence + "\"" + name + "\", which may be "
							+ found.stream().map(Seed::name).collect(Collectors.joining(" or ")),
					"Write the whole name.", place);
		}
		if (this.seeds.isEmpty() || name.isEmpty()) {
			return Finding.error("unknown-seed",
					sentence + (name.isEmpty() ? "nothing" : "\"" + name + "\", which " + "does not exist"),
					"Write the name of a seed, such as common/001_settings.sql.", place);
		}
		String remedy = near(name).map((seed) -> "Did you mean \"" + seed + "\"? ").orElse("")
				+ "A seed is called by its path below the location, such as common/001_settings.sql.";
		return Finding.error("unknown-seed", sentence + "\"" + name + "\", which does not exist", remedy, place);
	}

	/** By the path or the file's name alone, as the folder is easily forgotten. */
	private Optional<String> near(String name) {
		Map<String, String> written = new TreeMap<>();
		this.seeds.forEach((seed) -> {
			String path = withoutExtension(seed.name());
			written.putIfAbsent(path, seed.name());
			written.putIfAbsent(path.substring(path.lastIndexOf('/') + 1), seed.name());
		});
		return SimilarNames.near(withoutExtension(name), written.keySet()).map(written::get);
	}

}
