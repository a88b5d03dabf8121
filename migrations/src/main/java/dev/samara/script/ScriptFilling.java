package dev.samara.script;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import dev.samara.Internal;
import dev.samara.placeholder.BuiltIns;
import dev.samara.placeholder.FilledText;
import dev.samara.placeholder.PlaceholderFiller;
import dev.samara.placeholder.PlaceholderProblem;
import dev.samara.placeholder.Placeholders;
import dev.samara.sql.SqlSyntaxException;

/**
 * Whether and how the placeholders of a script become text.
 *
 * @param mode whether they do
 * @param placeholders how they are written, and the configured values
 * @param builtIns the other values, as far as they are known
 * @param key the configuration key of the values, up to their names
 * @since 0.1.0
 */
@Internal
public record ScriptFilling(Mode mode, Placeholders placeholders, BuiltIns builtIns, String key) {

	/** Of a script that runs as it is written, whatever its directives say. */
	public static final ScriptFilling NONE = new ScriptFilling(Mode.LITERAL, Placeholders.OFF, BuiltIns.NONE, "");

	/** {@code -- samara: placeholders=on}, {@code off} or {@code tracked}. */
	public static final String DIRECTIVE = "placeholders";

	/**
	 * What becomes of placeholders.
	 */
	public enum Mode {

		/**
		 * They are not replaced. One that is configured is an error: nothing shows that
		 * it is meant as text.
		 */
		OFF,

		/** They are text. */
		LITERAL,

		/** They are replaced. */
		ON,

		/** They are replaced, and a changed value is a change of the file. */
		TRACKED

	}

	/**
	 * Create the filling of scripts that say nothing themselves.
	 * @param placeholders how placeholders are written, and their values
	 * @param builtIns the other values
	 * @param key the configuration key of the values, up to their names
	 * @return the filling
	 */
	public static ScriptFilling of(Placeholders placeholders, BuiltIns builtIns, String key) {
		return new ScriptFilling(placeholders.enabled() ? Mode.ON : Mode.OFF, placeholders, builtIns, key);
	}

	/**
	 * Do what a file says about itself.
	 * @param directives the directives of the file
	 * @return the filling of that file
	 * @throws ScriptException if the directive says none of the three
	 */
	public ScriptFilling as(Directives directives) {
		Directive directive = directives.find(DIRECTIVE).orElse(null);
		return (directive == null) ? this : in(switch (directive.value().toLowerCase(Locale.ROOT)) {
			case "on" -> Mode.ON;
			case "off" -> Mode.LITERAL;
			case "tracked" -> Mode.TRACKED;
			default -> throw new ScriptException("invalid-directive", directive.place(),
					"\"" + directive.value() + "\" does not say whether placeholders are replaced",
					"Write placeholders=on, placeholders=off, or placeholders=tracked if a changed value is a change "
							+ "of the file.");
		});
	}

	private ScriptFilling in(Mode other) {
		return new ScriptFilling(other, this.placeholders, this.builtIns, this.key);
	}

	/**
	 * Replace placeholders, whatever is configured or written in the file.
	 * @param prefix what they begin with
	 * @param suffix what they end with
	 * @return the filling
	 */
	public ScriptFilling on(String prefix, String suffix) {
		return new ScriptFilling(Mode.ON, new Placeholders(true, prefix, suffix, this.placeholders.values()),
				this.builtIns, this.key);
	}

	/** The other section of a file goes with the first, unless it says otherwise. */
	ScriptFilling asForOtherSection(Directives directives) {
		return ((this.mode == Mode.TRACKED) ? in(Mode.ON) : this).as(directives);
	}

	/**
	 * Add values of built-in placeholders.
	 * @param more those that win
	 * @return the filling
	 */
	public ScriptFilling with(BuiltIns more) {
		return new ScriptFilling(this.mode, this.placeholders, this.builtIns.with(more), this.key);
	}

	/**
	 * Return whether anything can be replaced.
	 * @return whether the mode is {@code ON} or {@code TRACKED}
	 */
	public boolean isOn() {
		return this.mode == Mode.ON || this.mode == Mode.TRACKED;
	}

	/**
	 * Return what to fill other texts of the file with.
	 * @return the filler
	 */
	public PlaceholderFiller filler() {
		return new PlaceholderFiller(this.placeholders, this.builtIns);
	}

	FilledScript fill(Script script) {
		if (!isOn()) {
			refuse(script, unreplaced(script), "unreplaced-placeholder",
					(problem) -> remedyOfUnreplaced("\"-- samara: placeholders=", "\""));
			return new FilledScript(script, FilledText.of(script.text()));
		}
		FilledText filled = tryFill(script);
		refuse(script, filled.problems(), "unknown-placeholder", this::remedy);
		return new FilledScript(script, filled);
	}

	private static void refuse(Script script, List<PlaceholderProblem> problems, String code,
			Function<PlaceholderProblem, String> remedy) {
		ScriptException first = null;
		for (PlaceholderProblem problem : problems) {
			ScriptException ex = new ScriptException((problem.unknown() != null) ? code : "invalid-placeholder",
					Place.at(script.path(), script.text(), problem.offset()), problem.message(), remedy.apply(problem));
			if (first != null) {
				first.addSuppressed(ex);
			}
			first = (first != null) ? first : ex;
		}
		if (first != null) {
			throw first;
		}
	}

	private List<PlaceholderProblem> unreplaced(Script script) {
		try {
			return (this.mode == Mode.OFF) ? filler().findNamedInSql(script.text()) : List.of();
		}
		catch (SqlSyntaxException ex) {
			// Reported when the script is cut into statements.
			return List.of();
		}
	}

	/**
	 * Return what to do about a configured placeholder that is not replaced.
	 * @param before what is before the mode where the file is to say it
	 * @param after what is behind the mode there
	 * @return the remedy
	 */
	public String remedyOfUnreplaced(String before, String after) {
		return "Write " + before + "on" + after + " at the top of the file, or replace them in all files with "
				+ switchKey().map((key) -> key + "=true").orElse("the settings") + "; if it is meant to be text, write "
				+ before + "off" + after + ".";
	}

	/**
	 * Return the values by which a change is noticed.
	 * @return those the script uses, by name; empty if they do not count
	 */
	Map<String, String> tracked(Script script) {
		return (this.mode == Mode.TRACKED) ? tryFill(script).used() : Map.of();
	}

	private FilledText tryFill(Script script) {
		try {
			PlaceholderFiller filler = new PlaceholderFiller(this.placeholders,
					BuiltIns.NONE.with(BuiltIns.Name.FILE, script.path()).with(this.builtIns));
			return filler.fillSql(script.text());
		}
		catch (SqlSyntaxException ex) {
			throw new ScriptException("syntax", new Place(script.path(), ex.getLine(), ex.getColumn()), ex.getProblem(),
					ex.getRemedy());
		}
	}

	/**
	 * Return what to do about a placeholder.
	 * @param problem what is wrong with it
	 * @return the remedy, with the nearest of the names there are
	 */
	public String remedy(PlaceholderProblem problem) {
		@Nullable String unknown = problem.unknown();
		if (unknown == null || unknown.indexOf(':') >= 0) {
			String remedy = problem.remedy();
			return remedy.substring(0, 1).toUpperCase(Locale.ROOT) + remedy.substring(1);
		}
		if (BuiltIns.isOne(unknown)) {
			String builtIn = "Names that begin with samara. are built in";
			return nearBuiltIn(unknown).map((name) -> question(name) + builtIn)
				.orElseGet(() -> builtIn + ": " + String.join(", ", BuiltIns.names())) + ". Name one of those, or "
					+ problem.remedy();
		}
		return SimilarNames.near(unknown, problem.known()).map(ScriptFilling::question).orElse("") + "Set " + this.key
				+ unknown + ", or " + problem.remedy();
	}

	/** What all of them begin with makes none of them resemble another. */
	private static Optional<String> nearBuiltIn(String unknown) {
		List<String> names = BuiltIns.names().stream().map(ScriptFilling::withoutStart).toList();
		return SimilarNames.near(withoutStart(unknown), names).map((name) -> Placeholders.BUILT_IN + name);
	}

	private static String withoutStart(String builtIn) {
		return builtIn.substring(builtIn.indexOf('.') + 1).toLowerCase(Locale.ROOT);
	}

	private static String question(String name) {
		return "Did you mean \"" + name + "\"? ";
	}

	/**
	 * Return how placeholders are switched on in all files.
	 * @return the configuration key, empty if there is none
	 */
	public Optional<String> switchKey() {
		return this.key.isEmpty() ? Optional.empty()
				: Optional.of(this.key.replace(".placeholders.", ".replace-placeholders"));
	}

	/** Without values. */
	@Override
	public String toString() {
		return "ScriptFilling[" + this.mode + "]";
	}

}
