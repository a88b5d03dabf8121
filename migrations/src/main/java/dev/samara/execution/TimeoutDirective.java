package dev.samara.execution;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.samara.script.Directive;
import dev.samara.script.Script;
import dev.samara.script.ScriptException;

/**
 * A directive whose value is a duration as PostgreSQL writes it: {@code 500ms},
 * {@code 5s}, {@code 2min}, {@code 1h}; a bare number is milliseconds and 0 means no
 * limit.
 */
record TimeoutDirective(@Nullable Duration value) {

	private static final Pattern FORMAT = Pattern.compile("(\\d{1,9})\\s*(ms|s|min|m|h|)");

	static TimeoutDirective of(Script script, String key) {
		Directive directive = script.directives().find(key).orElse(null);
		if (directive == null) {
			return new TimeoutDirective(null);
		}
		Matcher matcher = FORMAT.matcher(directive.value().toLowerCase(Locale.ROOT));
		if (!matcher.matches()) {
			throw new ScriptException("invalid-directive", directive.place(),
					"\"" + directive.value() + "\" is not a duration",
					"Write " + key + "=500ms, 5s, 2min or 1h; 0 means no limit.");
		}
		Duration value = duration(matcher);
		if (value.toMillis() > Integer.MAX_VALUE) {
			throw new ScriptException("invalid-directive", directive.place(),
					"\"" + directive.value() + "\" is more than PostgreSQL can count, which is 24 days",
					"Write " + key + "=0 for no limit.");
		}
		return new TimeoutDirective(value);
	}

	private static Duration duration(Matcher matcher) {
		long amount = Long.parseLong(matcher.group(1));
		return switch (matcher.group(2)) {
			case "s" -> Duration.ofSeconds(amount);
			case "min", "m" -> Duration.ofMinutes(amount);
			case "h" -> Duration.ofHours(amount);
			default -> Duration.ofMillis(amount);
		};
	}

}
