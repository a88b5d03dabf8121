package dev.samara.script;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
	 * Find the directives that do not exist.
	 * @param known the keys that exist
	 * @return a problem for each directive with another key, naming the nearest known one
	 */
	public List<ScriptException> unknown(Collection<String> known) {
		List<ScriptException> problems = new ArrayList<>();
		for (Directive directive : this.values) {
			if (!known.contains(directive.key())) {
				String nearest = SimilarNames.nearest(directive.key(), known);
				problems.add(new ScriptException("unknown-directive", directive.place(),
						"Unknown directive \"" + directive.key() + "\"", "Did you mean \"" + nearest
								+ "\"? Known here are " + String.join(", ", known.stream().sorted().toList()) + "."));
			}
		}
		return problems;
	}

}
