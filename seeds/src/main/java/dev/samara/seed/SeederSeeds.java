package dev.samara.seed;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.samara.environment.Environment;
import dev.samara.script.Checksum;
import dev.samara.script.Finding;
import dev.samara.script.Place;
import dev.samara.seed.data.QualifiedName;

/**
 * Turns seeders into seeds, one for each folder, and puts them beside those of files.
 * What is wrong with one becomes a finding. Pure.
 */
final class SeederSeeds {

	private static final Pattern NAME = Pattern.compile("(?<number>\\d{1,18})(?:[_-](?<name>[^/]+))?");

	private final Map<String, Seed> seeds = new HashMap<>();

	private final List<Seed> all;

	private final List<Finding> findings;

	private SeederSeeds(ResolvedSeeds files) {
		this.all = new ArrayList<>(files.seeds());
		this.findings = new ArrayList<>(files.findings());
		files.seeds().forEach((seed) -> this.seeds.put(seed.name(), seed));
	}

	/**
	 * Add seeders.
	 * @param files the seeds of files
	 * @param seeders the seeders
	 * @return all of them
	 */
	static ResolvedSeeds add(ResolvedSeeds files, List<? extends Seeder> seeders) {
		SeederSeeds seeds = new SeederSeeds(files);
		seeders.forEach(seeds::add);
		return new ResolvedSeeds(files.locations(), seeds.all, seeds.findings, files.checks(), files.dependencies(),
				files.downs());
	}

	private void add(Seeder seeder) {
		String path = path(seeder);
		if (!isComplete(seeder, path)) {
			return;
		}
		Matcher name = NAME.matcher(seeder.name());
		if (!name.matches()) {
			this.findings.add(Finding.error("bad-name",
					"The seeder is called \"" + seeder.name()
							+ "\", which does not begin with the number that says when it runs, or has a folder",
					"Let name() return <number>_<name>, such as 050_user_statistics, and environments() the folder.",
					Place.of(path)));
			return;
		}
		for (String folder : folders(seeder, path)) {
			Environment environment = SeedName.environment(folder);
			SeedLevel level = seeder.level();
			add(new Seed(Seed.folder(environment) + "/" + seeder.name(), environment,
					Long.parseLong(name.group("number")), SeedName.readable(name.group("name")),
					(level != null) ? level : SeedLevel.ofSeed(environment),
					new SeedContent.Java(seeder, path, checksum(seeder))));
		}
	}

	/**
	 * What the bean of an application returns is what the compiler could not see: nothing
	 * may be missing, and the level that no seed has would run at each of them.
	 */
	private boolean isComplete(Seeder seeder, String path) {
		List<String> missing = new ArrayList<>();
		note(missing, "name()", seeder.name());
		note(missing, "environments()", seeder.environments());
		note(missing, "dependsOn()", seeder.dependsOn());
		note(missing, "version()", seeder.version());
		note(missing, "tables()", seeder.tables());
		if (!missing.isEmpty()) {
			this.findings.add(Finding.error("incomplete-seeder",
					"Seeder " + path + " returns null, or a list with null in it, from " + String.join(", ", missing),
					"Let it return a value; only level() may return null.", Place.of(path)));
		}
		else if (seeder.level() == SeedLevel.NONE) {
			this.findings.add(Finding.error("invalid-level",
					"Seeder \"" + seeder.name() + "\" is of level none, which is for runs: no seed has it",
					"Let level() return MINIMAL, ESSENTIAL or ALL, or null for the level of its folder; a seeder that "
							+ "is not to run at all is no bean.",
					Place.of(path)));
		}
		else if (seeder.tables().stream().anyMatch((table) -> QualifiedName.parse(table) == null)) {
			this.findings.add(Finding.error("invalid-table",
					"Seeder \"" + seeder.name() + "\" returns names from tables() that are not names of tables: "
							+ seeder.tables(),
					"Return names such as \"customer\" or \"shop.customer\".", Place.of(path)));
		}
		else {
			return true;
		}
		return false;
	}

	private static void note(List<String> missing, String method, @Nullable Object value) {
		if (value == null || value instanceof List<?> list && list.stream().anyMatch(Objects::isNull)) {
			missing.add(method);
		}
	}

	private Set<String> folders(Seeder seeder, String path) {
		Set<String> folders = new LinkedHashSet<>();
		for (String folder : seeder.environments()) {
			folders.add(Seed.folder(SeedName.environment(folder)));
		}
		if (folders.isEmpty() || folders.stream().anyMatch(String::isBlank)
				|| folders.contains(Seed.COMMON) && folders.size() > 1) {
			this.findings.add(Finding.error("no-environment",
					"Seeder \"" + seeder.name() + "\" does not say clearly where it runs: environments() returns "
							+ seeder.environments(),
					"Let it return environments, such as List.of(\"dev\", \"staging\"), or List.of(COMMON) alone if it is "
							+ "for all of them, production too.",
					Place.of(path)));
			return Set.of();
		}
		return folders;
	}

	private void add(Seed seed) {
		Seed other = this.seeds.putIfAbsent(seed.name(), seed);
		if (other == null) {
			this.all.add(seed);
			return;
		}
		this.findings
			.add(Finding.error("duplicate-name", "Seed " + seed + " is there twice; the other one is " + other.path(),
					"Rename one of them: by its name a seed is known in the history.", Place.of(seed.path())));
	}

	private static String checksum(Seeder seeder) {
		return Checksum.of(seeder.version().getBytes(StandardCharsets.UTF_8));
	}

	/** The class as it was written, not what was generated from it. */
	private static String path(Seeder seeder) {
		String type = seeder.getClass().getName();
		int generated = type.indexOf("$$");
		return (generated > 0) ? type.substring(0, generated) : type;
	}

}
