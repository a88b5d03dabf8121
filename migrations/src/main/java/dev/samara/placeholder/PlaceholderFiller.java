package dev.samara.placeholder;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import dev.samara.Internal;
import dev.samara.sql.SqlAsides;

/**
 * Puts values in the place of placeholders. Values are not searched for placeholders
 * again. Everything that looks like one and has no value is a problem; none is left in
 * the text silently.
 * <p>
 * A backslash takes the meaning from the prefix after it and goes: <code>\${name}</code>
 * is the text <code>${name}</code>. Two of them mean what they mean to PostgreSQL, and
 * stay. A doubled dollar sign could not be the escape: it begins and ends a dollar quote.
 *
 * @since 0.1.0
 */
@Internal
public final class PlaceholderFiller {

	private final Placeholders placeholders;

	private final BuiltIns builtIns;

	/**
	 * Create a filler.
	 * @param placeholders how placeholders are written, and the configured values
	 * @param builtIns the other values
	 */
	public PlaceholderFiller(Placeholders placeholders, BuiltIns builtIns) {
		this.placeholders = placeholders;
		this.builtIns = builtIns;
	}

	/**
	 * Fill a text all of which may hold placeholders.
	 * @param text the text
	 * @return the text with values, and what is wrong with it
	 */
	public FilledText fill(String text) {
		return isConcerned(text) ? new Pass(text, SqlAsides.NONE).run() : FilledText.of(text);
	}

	/**
	 * Fill a script. Its comments, the data of {@code COPY} and commands of {@code psql}
	 * stay as they are; whatever is in quotes does not.
	 * @param sql the script
	 * @return the script with values, and what is wrong with it
	 * @throws dev.samara.sql.SqlSyntaxException if the text cannot be read as SQL
	 */
	public FilledText fillSql(String sql) {
		return isConcerned(sql) ? new Pass(sql, SqlAsides.of(sql)).run() : FilledText.of(sql);
	}

	/**
	 * Find the placeholders that would have a value if they were replaced, or that are
	 * built into Samara or Flyway.
	 * @param text the text
	 * @return a problem for each, in the order of the text
	 */
	public List<PlaceholderProblem> findNamed(String text) {
		return isConcerned(text) ? new Pass(text, SqlAsides.NONE).findNamed() : List.of();
	}

	/**
	 * Find the placeholders of a script that would have a value if they were replaced, or
	 * that are built into Samara or Flyway.
	 * @param sql the script
	 * @return a problem for each, in the order of the text
	 * @throws dev.samara.sql.SqlSyntaxException if the text cannot be read as SQL
	 */
	public List<PlaceholderProblem> findNamedInSql(String sql) {
		return isConcerned(sql) ? new Pass(sql, SqlAsides.of(sql)).findNamed() : List.of();
	}

	/**
	 * Return whether a text may hold a placeholder.
	 * @param text the text
	 * @return {@code false} if it would stay as it is
	 */
	public boolean isConcerned(String text) {
		return text.contains(this.placeholders.prefix());
	}

	/**
	 * One way through a text.
	 */
	private final class Pass {

		private final String prefix = PlaceholderFiller.this.placeholders.prefix();

		private final String suffix = PlaceholderFiller.this.placeholders.suffix();

		private final String text;

		private final SqlAsides asides;

		private final StringBuilder filled = new StringBuilder();

		private final SourceMap.Builder map = new SourceMap.Builder();

		private final List<PlaceholderProblem> problems = new ArrayList<>();

		private final Map<String, String> used = new TreeMap<>();

		private final List<PlaceholderProblem> named = new ArrayList<>();

		/** How far the text is copied. */
		private int copied;

		Pass(String text, SqlAsides asides) {
			this.text = text;
			this.asides = asides;
		}

		FilledText run() {
			int start = this.text.indexOf(this.prefix);
			while (start >= 0) {
				start = this.text.indexOf(this.prefix, accept(start));
			}
			this.filled.append(this.text, this.copied, this.text.length());
			return new FilledText(this.filled.toString(), this.map.build(), this.problems, this.used);
		}

		List<PlaceholderProblem> findNamed() {
			run();
			return List.copyOf(this.named);
		}

		/** Returns where to go on. */
		private int accept(int start) {
			int content = start + this.prefix.length();
			if (this.asides.touch(start, content)) {
				return start + 1;
			}
			if (isEscaped(start)) {
				put(start - 1, content, this.prefix, null);
				return content;
			}
			int end = endOnLine(content);
			if (end < 0 || this.asides.touch(start, end)) {
				this.problems.add(notClosed(start, end));
				return content;
			}
			String inner = this.text.substring(content, end);
			int colon = inner.indexOf(':');
			String name = ((colon < 0) ? inner : inner.substring(0, colon)).strip();
			String usual = (colon < 0) ? null : inner.substring(colon + 1);
			String value = inner.contains(this.prefix) ? nested(start)
					: hasOpenBrace(usual) ? ambiguous(start) : value(start, name, usual);
			int after = end + this.suffix.length();
			if (value == null) {
				return after;
			}
			put(start, after, value, name);
			return after;
		}

		private boolean isEscaped(int start) {
			int i = start;
			while (i > this.copied && this.text.charAt(i - 1) == '\\') {
				i--;
			}
			return (start - i) % 2 == 1;
		}

		private int endOnLine(int content) {
			int end = this.text.indexOf(this.suffix, content);
			for (int i = content; i < end; i++) {
				char c = this.text.charAt(i);
				if (c == '\n' || c == '\r') {
					return -1;
				}
			}
			return end;
		}

		private PlaceholderProblem notClosed(int start, int end) {
			return (end < 0)
					? new PlaceholderProblem(start, "The placeholder is not closed",
							"Close it with " + this.suffix + " on the same line" + orText())
					: new PlaceholderProblem(start,
							"The placeholder is not closed before a comment or a dollar quote in it",
							"Keep --, /* and $$ out of a default, and set such a value in the configuration"
									+ orText());
		}

		/** Of a default that would go on after its brace, an array or JSON. */
		private boolean hasOpenBrace(@Nullable String usual) {
			return usual != null && this.suffix.equals("}") && usual.indexOf('{') >= 0;
		}

		private @Nullable String ambiguous(int start) {
			this.problems.add(new PlaceholderProblem(start, "A brace stands in the default, which ends at the first }",
					"Set such a value in the configuration, or choose another placeholder-suffix" + orText()));
			return null;
		}

		private @Nullable String nested(int start) {
			this.problems.add(new PlaceholderProblem(start, "A placeholder stands inside another one",
					"Name one of the two only; what follows the colon is text" + orText()));
			return null;
		}

		private @Nullable String value(int start, String name, @Nullable String usual) {
			if (!Placeholders.isName(name)) {
				this.problems.add(new PlaceholderProblem(start, "What stands here is no name of a placeholder",
						"Write " + this.prefix + "name" + this.suffix + " or " + this.prefix + "name:default"
								+ this.suffix + ", the name of letters, digits, full stops, hyphens and underscores"
								+ orText()));
				return null;
			}
			String foreign = FlywayPlaceholders.name(name, usual).orElse(null);
			if (foreign != null && PlaceholderFiller.this.placeholders.find(name) == null) {
				this.problems.add(ofFlyway(start, foreign));
				this.named.add(notReplaced(start, foreign));
				return null;
			}
			boolean isBuiltIn = BuiltIns.isOne(name);
			String found = isBuiltIn ? PlaceholderFiller.this.builtIns.find(name)
					: PlaceholderFiller.this.placeholders.find(name);
			if (found != null || isBuiltIn) {
				this.named.add(notReplaced(start, name));
			}
			String value = (found != null) ? found : usual;
			if (value == null) {
				this.problems.add(unknown(start, name, isBuiltIn));
			}
			else if (!isBuiltIn) {
				this.used.put(name, value);
			}
			return value;
		}

		private PlaceholderProblem ofFlyway(int start, String name) {
			return new PlaceholderProblem(start,
					"The placeholder \"" + name + "\" is built into Flyway, not into Samara",
					FlywayPlaceholders.remedy(name, this.prefix, this.suffix) + orText(), name, List.of());
		}

		private static PlaceholderProblem notReplaced(int start, String name) {
			return new PlaceholderProblem(start,
					"The placeholder \"" + name + "\" would not be replaced: placeholders are off", "", name,
					List.of());
		}

		private PlaceholderProblem unknown(int start, String name, boolean isBuiltIn) {
			String written = this.prefix + name;
			List<String> known = new ArrayList<>(PlaceholderFiller.this.placeholders.names());
			known.addAll(BuiltIns.names());
			boolean isThere = isBuiltIn && BuiltIns.names().contains(Placeholders.uniform(name));
			return new PlaceholderProblem(start,
					isThere ? "The placeholder \"" + name + "\" has no value here"
							: "The placeholder \"" + name + "\" is not known",
					"give it a default, " + written + ":…" + this.suffix + orText(), isThere ? null : name, known);
		}

		private String orText() {
			return "; if this is meant to be text, write \\" + this.prefix + ".";
		}

		private void put(int sourceStart, int sourceEnd, String value, @Nullable String name) {
			this.filled.append(this.text, this.copied, sourceStart);
			int start = this.filled.length();
			this.filled.append(value);
			this.map.add(start, this.filled.length(), sourceStart, sourceEnd, name);
			this.copied = sourceEnd;
		}

	}

}
