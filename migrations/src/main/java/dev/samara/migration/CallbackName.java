package dev.samara.migration;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.samara.script.Finding;
import dev.samara.script.Place;
import dev.samara.script.SimilarNames;

/**
 * What the name of a callback file says: {@code afterMigrate.sql},
 * {@code afterMigrate__grants.sql}. Case matters, as it does for migrations; that of the
 * extension does not. The folder does not matter. A callback has no way back: what ends
 * in {@code .down.sql} is none.
 *
 * @param event when it is called
 * @param description the rest of the name, with blanks for underscores; may be empty
 */
record CallbackName(CallbackEvent event, String description) {

	private static final String EXTENSION = ".sql";

	private static final Pattern NAME = Pattern
		.compile("(?<event>[A-Za-z]+)(?:__(?<description>.+?))?(?<way>\\.(?i:up|down))?");

	private static final List<String> KNOWN = Arrays.stream(CallbackEvent.values())
		.flatMap((event) -> event.names().stream())
		.toList();

	/** What Flyway calls, and Samara has no occasion for. */
	private static final Set<String> OF_FLYWAY = Set.of("beforeRepeatables", "afterVersioned", "afterEachMigrateError",
			"beforeEachMigrateStatement", "afterEachMigrateStatement", "afterEachMigrateStatementError",
			"afterEachUndoError", "beforeEachUndoStatement", "afterEachUndoStatement", "afterEachUndoStatementError",
			"afterValidate", "afterValidateError", "beforeClean", "afterClean", "afterCleanError", "beforeInfo",
			"afterInfo", "afterInfoError", "beforeBaseline", "afterBaseline", "afterBaselineError", "beforeRepair",
			"afterRepair", "afterRepairError", "beforeConnect", "createSchema", "beforeCreateSchema",
			"afterMigrateOperationFinish", "afterInfoOperationFinish", "afterCleanOperationFinish",
			"afterValidateOperationFinish", "afterUndoOperationFinish", "afterRepairOperationFinish",
			"afterBaselineOperationFinish");

	/**
	 * Read a name.
	 * @param path the path below the location, with forward slashes
	 * @return what it says; empty if it is not that of a callback
	 */
	static Optional<CallbackName> parse(String path) {
		Matcher name = NAME.matcher(base(path));
		if (!name.matches() || name.group("way") != null) {
			return Optional.empty();
		}
		String description = name.group("description");
		return CallbackEvent.of(name.group("event"))
			.map((event) -> new CallbackName(event,
					(description != null) ? description.replace('_', ' ').strip() : ""));
	}

	/**
	 * Look what a name that cannot be read may have been meant for.
	 * @param path the path below the location
	 * @param place the file
	 * @return what to say of it; empty if it resembles no callback
	 */
	static Optional<Finding> misnamed(String path, Place place) {
		String base = base(path);
		String head = base.contains("__") ? base.substring(0, base.indexOf("__")) : base;
		if (OF_FLYWAY.contains(head)) {
			return Optional
				.of(Finding.warning("callback-never-called", "Samara never calls " + head + ", a callback of Flyway's",
						"Delete the file, or let it be called at another time: " + known() + ".", place));
		}
		String letters = head.replaceAll("[^A-Za-z]", "");
		String first = head.replaceAll("[^A-Za-z].*", "");
		boolean isLike = head.matches("(?:before|after)[A-Z].*");
		String meant = isLike ? begun(first).orElse(nearest(first, letters)) : nearest(first, letters);
		if (!isLike && !resembles(first, meant) && !resembles(letters, meant)) {
			return Optional.empty();
		}
		return Optional.of(Finding.error("unknown-callback", "There is no callback \"" + base + "\"",
				"Did you mean " + meant + ".sql or " + meant + "__<name>.sql? Callbacks are " + known() + ".", place));
	}

	private static String base(String path) {
		String name = path.substring(path.lastIndexOf('/') + 1);
		return name.toLowerCase(Locale.ROOT).endsWith(EXTENSION) ? name.substring(0, name.length() - EXTENSION.length())
				: "";
	}

	/** What has been left off at the end, as in {@code afterEach}. */
	private static Optional<String> begun(String head) {
		return KNOWN.stream().filter((known) -> known.startsWith(head)).findFirst();
	}

	private static String nearest(String first, String letters) {
		return resembles(first, nearest(first)) ? nearest(first) : nearest(letters);
	}

	private static String nearest(String head) {
		String lowerCase = head.toLowerCase(Locale.ROOT);
		String nearest = SimilarNames.nearest(lowerCase,
				KNOWN.stream().map((name) -> name.toLowerCase(Locale.ROOT)).toList());
		return KNOWN.stream().filter(nearest::equalsIgnoreCase).findFirst().orElseThrow();
	}

	private static boolean resembles(String head, String known) {
		return SimilarNames.areSimilar(head.toLowerCase(Locale.ROOT), known.toLowerCase(Locale.ROOT));
	}

	private static String known() {
		return Arrays.stream(CallbackEvent.values()).map(CallbackEvent::toString).collect(Collectors.joining(", "));
	}

}
