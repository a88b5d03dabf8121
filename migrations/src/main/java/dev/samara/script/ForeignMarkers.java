package dev.samara.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.samara.Internal;
import dev.samara.script.ForeignMarker.Kind;
import dev.samara.sql.SqlComments;
import dev.samara.sql.SqlSyntaxException;

/**
 * Finds the comments that other migration tools read as instructions: those that divide a
 * file into a part that applies and a part that rolls back, and those that change how it
 * runs. A comment counts if it is alone on its line, outside of quotes, and written as
 * the tool accepts it.
 *
 * @since 0.1.0
 */
@Internal
public final class ForeignMarkers {

	private static final int LONGEST_TEXT = 60;

	/** The comment without the dashes and blanks it begins with. */
	private static final List<Syntax> SYNTAXES = List.of(
			of(Kind.NO_TRANSACTION, "", "\\+\\s*(?<tool>\\w+)\\s+no[ _-]?transaction\\b.*"),
			of(Kind.UP, "", "\\+\\s*(?<tool>\\w+)\\s+up\\b.*"), of(Kind.DOWN, "", "\\+\\s*(?<tool>\\w+)\\s+down\\b.*"),
			of(Kind.STATEMENT, "", "\\+\\s*(?<tool>\\w+)\\s+statement\\s?(begin|end)\\b.*"),
			of(Kind.PLACEHOLDERS_ON, "goose", "\\+\\s*goose\\s+envsub\\s+on\\b.*"),
			of(Kind.UP, "dbmate", "migrate:up(\\s.*)?"), of(Kind.DOWN, "dbmate", "migrate:down(\\s.*)?"),
			of(Kind.DOWN, "tern", "create above\\s*/\\s*drop below\\b.*"),
			of(Kind.NO_TRANSACTION, "tern", "tern:\\s*disable-tx\\b.*"),
			of(Kind.DOWN, "MyBatis Migrations", "//\\s*@undo\\b.*"), of(Kind.UP, "Play evolutions", "!ups\\b.*"),
			of(Kind.DOWN, "Play evolutions", "!downs\\b.*"), of(Kind.UP, "Rambler", "rambler\\s+up\\b.*"),
			of(Kind.DOWN, "Rambler", "rambler\\s+down\\b.*"),
			of(Kind.OTHER, "Liquibase", "liquibase\\s+formatted\\s+sql\\b.*"),
			of(Kind.OTHER, "Liquibase", "changeset\\s+[^\\s:]+:\\S+.*"),
			of(Kind.OTHER, "Atlas", "atlas:(txtar|checkpoint)\\b.*"),
			of(Kind.NO_TRANSACTION, "Atlas", "atlas:txmode\\s+none\\b.*"),
			of(Kind.NO_TRANSACTION, "Flyway", "flyway:\\s*executeintransaction\\s*=\\s*false\\b.*"),
			of(Kind.PLACEHOLDERS_ON, "Flyway", "flyway:\\s*placeholderreplacement\\s*=\\s*true\\b.*"),
			of(Kind.PLACEHOLDERS_OFF, "Flyway", "flyway:\\s*placeholderreplacement\\s*=\\s*false\\b.*"),
			of(Kind.OTHER, "Flyway", "flyway:\\s*(shouldexecute|encoding)\\s*=.*"),
			of(Kind.NO_TRANSACTION, "sqlx and others", "!?\\s*no[-_ ]transaction\\s*"),
			of(Kind.NO_TRANSACTION, "postgres-migrations", "(postgres-migrations\\s+)?disable[-_]transaction\\b.*"),
			of(Kind.NO_TRANSACTION, "Evolve", "evolve-tx-off\\b.*"),
			of(Kind.NO_TRANSACTION, "yoyo", "transactional:\\s*false\\s*"),
			of(Kind.PLAIN_DOWN, "node-pg-migrate", "down\\s+migration\\b.*"),
			of(Kind.PLAIN_DOWN, "other tools", "[@!=*#\\s]*((migrate|migration)[:\\s-]*)?(down|undo)[:;=*#\\s-]*"));

	/** Most comments are none of them, and are looked at only once. */
	private static final Pattern ANY = Pattern.compile(SYNTAXES.stream()
		.map((syntax) -> syntax.pattern.pattern().replace("?<tool>", "?:"))
		.collect(Collectors.joining("|")), Pattern.CASE_INSENSITIVE);

	private final String path;

	private final String text;

	private final List<ForeignMarker> markers = new ArrayList<>();

	private @Nullable SqlComments comments;

	private ForeignMarkers(String path, String text) {
		this.path = path;
		this.text = text;
	}

	/**
	 * Find the markers of a script.
	 * @param script the script
	 * @return the markers in the order of the file
	 */
	public static List<ForeignMarker> of(Script script) {
		ForeignMarkers markers = new ForeignMarkers(script.path(), script.text());
		markers.find();
		return markers.markers;
	}

	private void find() {
		for (int i = this.text.indexOf("--"); i >= 0; i = this.text.indexOf("--", i)) {
			int end = Lines.endOf(this.text, i);
			if (isAlone(i)) {
				accept(i, end);
			}
			i = end;
		}
	}

	private void accept(int start, int end) {
		int from = start;
		while (from < end && (this.text.charAt(from) == '-' || Character.isWhitespace(this.text.charAt(from)))) {
			from++;
		}
		String comment = this.text.substring(from, end);
		if (!ANY.matcher(comment).matches()) {
			return;
		}
		for (Syntax syntax : SYNTAXES) {
			Matcher matcher = syntax.pattern.matcher(comment);
			if (matcher.matches()) {
				if (comments().contains(start)) {
					add(syntax, matcher, start, end);
				}
				return;
			}
		}
	}

	private void add(Syntax syntax, Matcher matcher, int start, int end) {
		String written = this.text.substring(start, end).strip();
		String shown = (written.length() <= LONGEST_TEXT) ? written : written.substring(0, LONGEST_TEXT - 1) + "…";
		Place place = Place.at(this.path, this.text, start);
		String tool = syntax.tool.isEmpty() ? toolOf(matcher.group("tool")) : syntax.tool;
		this.markers.add(new ForeignMarker(syntax.kind, tool, shown, place));
		boolean isSection = syntax.kind == Kind.UP || syntax.kind == Kind.DOWN;
		// As an option: "migrate:up transaction:false", "+migrate Up notransaction".
		if (isSection && written.toLowerCase(Locale.ROOT).matches(".*\\b(transaction:\\s*false|notransaction)\\b.*")) {
			this.markers.add(new ForeignMarker(Kind.NO_TRANSACTION, tool, shown, place));
		}
	}

	private static String toolOf(String word) {
		return word.equalsIgnoreCase("migrate") ? "sql-migrate" : word;
	}

	/** Play writes a hash before its dashes. */
	private boolean isAlone(int index) {
		int i = index;
		while (i > 0 && " \t#".indexOf(this.text.charAt(i - 1)) >= 0) {
			i--;
		}
		return i == 0 || this.text.charAt(i - 1) == '\n' || this.text.charAt(i - 1) == '\r';
	}

	private SqlComments comments() {
		if (this.comments == null) {
			try {
				this.comments = SqlComments.of(this.text);
			}
			catch (SqlSyntaxException ex) {
				// Reported when the statements are read, if the script is going to run.
				this.comments = SqlComments.NONE;
			}
		}
		return this.comments;
	}

	private static Syntax of(Kind kind, String tool, String comment) {
		return new Syntax(kind, tool, Pattern.compile(comment, Pattern.CASE_INSENSITIVE));
	}

	/**
	 * How a tool writes a marker.
	 */
	private record Syntax(Kind kind, String tool, Pattern pattern) {

	}

}
