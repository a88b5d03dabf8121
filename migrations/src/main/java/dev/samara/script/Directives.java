package dev.samara.script;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the comments at the top of a script say: directives
 * ({@code -- samara: lock-timeout=2s}), which change how it runs, and headers
 * ({@code -- Author: Ada}), which describe it. Keys are case-insensitive. Which
 * directives exist is for the reader of the script to say.
 *
 * @param values the directives in the order of the file
 * @param headers the headers by their name in lower case: {@code migration},
 * {@code description}, {@code author}, {@code created}, {@code depends-on}
 * @since 0.1.0
 */
public record Directives(List<Directive> values, Map<String, String> headers) {

	/** Of a script that says nothing. */
	public static final Directives NONE = new Directives(List.of(), Map.of());

	private static final String SCRIPT = "a migration, a callback or an SQL seed";

	private static final String DATA = "a data file of seeds";

	/** Where those belong that other kinds of files may have. */
	private static final Map<String, String> HOMES = Map.ofEntries(
			Map.entry("transaction", "a migration, a down script or a callback"), Map.entry("lock-timeout", SCRIPT),
			Map.entry("statement-timeout", SCRIPT), Map.entry("placeholders", SCRIPT + ", or " + DATA),
			Map.entry("encoding", "a text that is not in UTF-8; JSON always is"),
			Map.entry("depends-on", "a migration or a seed, not a callback and not a down script"),
			Map.entry("environments", "a migration or a callback, not a down script; a seed has a folder for it"),
			Map.entry("irreversible", "a migration that has no down script"), Map.entry("level", "a seed"),
			Map.entry("table", DATA), Map.entry("key", DATA), Map.entry("mode", DATA),
			Map.entry("null", "a CSV file of seeds"), Map.entry("delimiter", "a CSV file of seeds"),
			Map.entry("expect", "a file that checks seeds"), Map.entry("up", "an SQL file, alone on its line"),
			Map.entry("down", "an SQL file, alone on its line"));

	/**
	 * Create directives.
	 */
	public Directives {
		values = List.copyOf(values);
		headers = Map.copyOf(headers);
	}

	/**
	 * Return the directive of a key; the last one if there are several.
	 * @param key the key, in lower case
	 * @return the directive
	 */
	public Optional<Directive> find(String key) {
		return this.values.stream().filter((directive) -> directive.key().equals(key)).reduce((first, last) -> last);
	}

	/**
	 * Return a header.
	 * @param name the name, in lower case
	 * @return the text
	 */
	public Optional<String> header(String name) {
		return Optional.ofNullable(this.headers.get(name));
	}

	/**
	 * Find the directives that do not exist in a file.
	 * @param known the keys that exist there
	 * @return a problem for each directive with another key, naming a near one or where
	 * that key belongs, and those that exist
	 */
	public List<ScriptException> unknown(Collection<String> known) {
		Set<String> sorted = new TreeSet<>(known);
		return this.values.stream()
			.filter((directive) -> !known.contains(directive.key()))
			.map((directive) -> unknown(directive, sorted))
			.toList();
	}

	private static ScriptException unknown(Directive directive, Set<String> known) {
		String key = directive.key();
		String home = HOMES.get(key);
		String problem = (home != null) ? "Directive \"" + key + "\" means nothing in this file"
				: key.isEmpty() ? "The directive has no key" : "Unknown directive \"" + key + "\"";
		String remedy = (home != null) ? "It belongs into " + home + ". "
				: SimilarNames.near(key, known).map((near) -> "Did you mean \"" + near + "\"? ").orElse("");
		return new ScriptException("unknown-directive", directive.place(), problem,
				remedy + "Known here are " + String.join(", ", known) + ".");
	}

}
