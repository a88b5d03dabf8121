package dev.samara.seed;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.samara.environment.Environment;
import dev.samara.script.Place;
import dev.samara.script.ScriptException;
import dev.samara.script.ScriptSource;

/**
 * What the path of a file says: {@code <folder>/NNN_name.sql} below the location, where
 * the folder is {@code common} or an environment. Folders below that are for people.
 *
 * @param environment the environment of the folder, or {@code null} for {@code common}
 * @param number the number, which data files may lack
 * @param description the rest of the name, with blanks for underscores
 */
record SeedName(@Nullable Environment environment, long number, String description) {

	private static final Pattern FILE = Pattern.compile(
			"(?<number>\\d{1,18})(?:[_-](?<name>.+?))?\\.(?:(?:check\\.)?sql|csv|json|(?:generate\\.)?ya?ml)",
			Pattern.CASE_INSENSITIVE);

	/** Where foreign keys say when it is loaded. */
	private static final Pattern UNNUMBERED = Pattern
		.compile("(?<name>[^\\d].*?)\\.(?:check\\.sql|csv|json|(?:generate\\.)?ya?ml)", Pattern.CASE_INSENSITIVE);

	static SeedName of(ScriptSource source) {
		String path = source.relativePath();
		List<String> segments = List.of(path.split("/"));
		String file = segments.get(segments.size() - 1);
		if (segments.size() == 1) {
			throw new ScriptException("no-folder", Place.of(source.path()),
					"The file stands in the location itself, so nothing says which environment it is for",
					"Move it to common/" + file
							+ " if it is for all environments, or to the folder of one, such as dev/" + file
							+ ". A location must hold these folders, not be one of them.");
		}
		Matcher unnumbered = UNNUMBERED.matcher(file);
		if (unnumbered.matches()) {
			return new SeedName(environment(segments.get(0)), Seed.UNNUMBERED, readable(unnumbered.group("name")));
		}
		Matcher matcher = FILE.matcher(file);
		if (!matcher.matches()) {
			throw new ScriptException("bad-name", Place.of(source.path()),
					"The file's name does not begin with the number that says when it runs",
					"Name it <number>_<name>.sql, such as 001_" + file.replaceFirst("^[^\\p{L}]+", "")
							+ ", or move it out of the seeds' location.");
		}
		return new SeedName(environment(segments.get(0)), Long.parseLong(matcher.group("number")),
				readable(matcher.group("name")));
	}

	static @Nullable Environment environment(String folder) {
		return folder.strip().toLowerCase(Locale.ROOT).equals(Seed.COMMON) ? null : Environment.of(folder);
	}

	static String readable(@Nullable String name) {
		return (name != null) ? name.replace('_', ' ').strip() : "";
	}

}
