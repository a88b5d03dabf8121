package dev.samara.seed;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

import org.jspecify.annotations.Nullable;

import dev.samara.environment.Environment;
import dev.samara.script.Finding;
import dev.samara.script.Location;
import dev.samara.script.Place;
import dev.samara.script.SimilarNames;

/**
 * Decides which seeds may run where, whatever is configured. Production, by what the
 * application says or by what the database remembers, gets the seeds of {@code common}
 * and {@code prod} and no others. Pure.
 *
 * @param application the environment of the application, or {@code null}
 * @param database the environment the database remembers, or {@code null}
 */
record SeedGuard(@Nullable Environment application, @Nullable Environment database) {

	/**
	 * Return the environment in force. The marker of the database restricts an
	 * application, and does not stand in for an environment that it does not have: a
	 * marker can be wrong, and then production would seed development data.
	 * @return that of the application; {@code null} if it has none
	 */
	@Nullable Environment environment() {
		return this.application;
	}

	boolean isProduction() {
		return isProduction(this.application) || isProduction(this.database);
	}

	private static boolean isProduction(@Nullable Environment environment) {
		return environment != null && environment.isProduction();
	}

	/**
	 * Return whether the seeds of a folder may run.
	 * @param folder the environment the folder belongs to, or {@code null} for
	 * {@code common}
	 */
	boolean admits(@Nullable Environment folder) {
		return folder == null || (folder.equals(environment()) && (folder.isProduction() || !isProduction()));
	}

	/**
	 * Check that nothing claims to be for production that is not.
	 */
	List<Finding> check(ResolvedSeeds resolved) {
		List<Finding> findings = new ArrayList<>();
		if (this.application != null && this.database != null && !this.application.equals(this.database)) {
			findings.add(mismatch(this.application, this.database));
		}
		resolved.locations().forEach((location) -> check(location).ifPresent(findings::add));
		resolved.seeds().forEach((seed) -> check(seed).ifPresent(findings::add));
		Map<String, String> unusual = new TreeMap<>();
		resolved.seeds().forEach((seed) -> {
			String folder = Seed.folder(seed.environment());
			if (!folder.equals(Seed.COMMON) && !Environment.isKnown(folder)) {
				unusual.putIfAbsent(folder, seed.path());
			}
		});
		unusual.forEach((folder, path) -> checkSpelling(folder, path).ifPresent(findings::add));
		return findings;
	}

	/** Seeds of a folder with a slip in its name would run nowhere. */
	private static Optional<Finding> checkSpelling(String folder, String path) {
		Set<String> known = new HashSet<>(Environment.knownNames());
		known.add(Seed.COMMON);
		String meant = SimilarNames.nearest(folder, known);
		return SimilarNames.areSimilar(folder, meant) ? Optional.of(Finding.warning("unknown-environment",
				"Only an application whose environment is called \"" + folder + "\" runs the seeds of that folder",
				"If that is not on purpose, call it " + meant + ".", Place.of(path))) : Optional.empty();
	}

	private static Finding mismatch(Environment application, Environment database) {
		return Finding.error(
				"environment-mismatch", "The application runs in environment \"" + application
						+ "\", but the database belongs to \"" + database + "\"",
				"Check the profiles and the URL of the data source.", null);
	}

	/**
	 * A location inside the folder of an environment would make its subfolders look like
	 * those of all. Only an application of that environment may read it.
	 */
	private Optional<Finding> check(Location location) {
		return foreign(folders(location))
			.filter((folder) -> isProduction() || !Environment.of(folder).equals(this.application))
			.map((folder) -> Finding.error("foreign-location",
					"The location is in \"" + folder + "\", a folder of environment \"" + Environment.of(folder)
							+ "\", and " + whatThisIs(),
					"Name the folder above it, which holds common/ and the environments' folders.",
					Place.of(location.toString())));
	}

	private String whatThisIs() {
		if (isProduction()) {
			return "this is production";
		}
		return (this.application != null) ? "the application runs in \"" + this.application + "\""
				: "the application has no environment";
	}

	private Optional<Finding> check(Seed seed) {
		if (seed.environment() != null && !seed.environment().isProduction()) {
			return Optional.empty();
		}
		List<String> segments = List.of(seed.name().split("/"));
		return foreign(segments.subList(1, segments.size() - 1)).map((folder) -> foreign(seed, folder));
	}

	/**
	 * Rows that are made up are for trying things out. Production runs the folders
	 * {@code common} and {@code prod}, so that in neither of them they are let in,
	 * anywhere: it is found on the machine of the developer.
	 * @param path the file
	 */
	static Finding madeRowsReachProduction(String path) {
		return Finding.error("volume-in-production",
				"The file makes up rows, and stands in a folder that production runs as well",
				"Move it to dev/, staging/ or the folder of another environment that is not production.",
				Place.of(path));
	}

	private Finding foreign(Seed seed, String folder) {
		String message = "Seed " + seed + " stands in a folder that production runs as well, and below it in \""
				+ folder + "\", a folder of environment \"" + Environment.of(folder) + "\"";
		String remedy = "Move it to " + folder
				+ "/ at the top of the location if it is for that environment, otherwise " + "give the folder \""
				+ folder + "\" another name.";
		Place place = Place.of(seed.path());
		return isProduction() ? Finding.error("foreign-folder", message, remedy, place)
				: Finding.warning("foreign-folder", message + "; production refuses it", remedy, place);
	}

	static Optional<String> foreign(List<String> folders) {
		return folders.stream()
			.filter((folder) -> Environment.isKnown(folder) && !Environment.of(folder).isProduction())
			.findFirst();
	}

	private static List<String> folders(Location location) {
		if (location.kind() == Location.Kind.CLASSPATH) {
			return List.of(location.path().split("[/\\\\]"));
		}
		Path path = Path.of(location.path()).normalize();
		List<String> folders = StreamSupport.stream(path.spliterator(), false).map(Path::toString).toList();
		return path.isAbsolute() ? folders.subList(Math.min(ownStart(path, folders), folders.size()), folders.size())
				: folders;
	}

	/**
	 * The first folders of an absolute path are those of the machine, which may be called
	 * {@code /usr/local} or {@code /home/test}: up to {@code seed} where there is one.
	 * Otherwise the working folder, the folder for temporary files and the well-known
	 * ones, and of the user's own folder all but the last.
	 */
	private static int ownStart(Path path, List<String> folders) {
		for (int i = 0; i < folders.size(); i++) {
			if (folders.get(i).equalsIgnoreCase("seed") || folders.get(i).equalsIgnoreCase("seeds")) {
				return i + 1;
			}
		}
		for (String base : List.of("user.dir", "java.io.tmpdir")) {
			if (isBelow(path, base)) {
				return Path.of(System.getProperty(base)).getNameCount();
			}
		}
		if (isBelow(path, "user.home")) {
			return Math.max(folders.size() - 1, 0);
		}
		String first = folders.isEmpty() ? "" : folders.get(0);
		if (Set.of("usr", "home", "Users").contains(first)) {
			return 2;
		}
		return (first.equals("dev") && folders.size() > 1) ? 1 : 0;
	}

	/** The root folder, in which containers often work, says nothing. */
	private static boolean isBelow(Path path, String property) {
		String base = System.getProperty(property, "");
		return !base.isEmpty() && Path.of(base).getNameCount() > 0 && path.startsWith(Path.of(base));
	}

}
