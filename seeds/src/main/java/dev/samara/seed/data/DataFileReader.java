package dev.samara.seed.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.samara.Internal;
import dev.samara.script.Checksum;
import dev.samara.script.Directive;
import dev.samara.script.DirectiveSlips;
import dev.samara.script.Directives;
import dev.samara.script.Encoding;
import dev.samara.script.Place;
import dev.samara.script.ScriptException;
import dev.samara.script.ScriptFilling;
import dev.samara.script.ScriptSource;
import dev.samara.seed.data.DataFile.CsvSyntax;

/**
 * Reads what the name and the header of a data file say, and its checksum. The rows stay
 * where they are. Needs no database.
 *
 * @since 0.1.0
 */
@Internal
public final class DataFileReader {

	private static final Pattern FILE = Pattern.compile("(?:\\d+[_-])?(?<table>\\D.*)\\.[^.]+");

	private static final Set<String> JSON_KEYS = Set.of("table", "key", "mode", "level", "depends-on",
			ScriptFilling.DIRECTIVE);

	private static final Set<String> YAML_KEYS = with(JSON_KEYS, Encoding.DIRECTIVE);

	private static final Set<String> CSV_KEYS = with(YAML_KEYS, "null", "delimiter");

	private final ScriptSource source;

	private final DataFormat format;

	private final ScriptFilling filling;

	private final List<ScriptException> problems;

	private DataFileReader(ScriptSource source, DataFormat format, ScriptFilling filling,
			List<ScriptException> problems) {
		this.source = source;
		this.filling = filling;
		this.format = format;
		this.problems = problems;
	}

	/**
	 * Read a file up to its rows.
	 * @param source the file
	 * @param filling what becomes of placeholders in its values unless it says otherwise
	 * @param problems told what is wrong
	 * @return the file, or empty if there is something wrong with it
	 */
	public static Optional<DataFile> read(ScriptSource source, ScriptFilling filling, List<ScriptException> problems) {
		DataFormat format = DataFormat.of(source.path()).orElseThrow();
		List<ScriptException> found = new ArrayList<>();
		Optional<DataFile> file = Optional.empty();
		try {
			file = Optional.ofNullable(new DataFileReader(source, format, filling, found).read());
		}
		catch (CharacterCodingException ex) {
			found.add(new ScriptException("unreadable", Place.of(source.path()), DataLoader.NO_TEXT,
					DataLoader.OTHER_ENCODING));
		}
		catch (IOException ex) {
			found.add(new ScriptException("unreadable", Place.of(source.path()),
					"The file cannot be read (" + ex.getMessage() + ")",
					"Check that the file exists, that the application may read it, and that it is UTF-8."));
		}
		catch (ScriptException ex) {
			found.add(ex);
		}
		problems.addAll(found);
		return found.isEmpty() ? file : Optional.empty();
	}

	private @Nullable DataFile read() throws IOException {
		DataLibraries.require(this.format, this.source.path());
		DataChecksum.Result content;
		try (InputStream stream = this.source.resource().getInputStream()) {
			content = DataChecksum.of(stream);
		}
		Charset encoding = encoding();
		refuse(this.source.path(), content.encoding(), encoding, content.conflict());
		Directives directives = new Directives(
				(this.format == DataFormat.JSON) ? JsonHeader.read(this.source) : comments(encoding), Map.of());
		this.problems.addAll(directives.unknown(keys()));
		refuseRepeated(directives);
		QualifiedName table = table(directives);
		DataMode mode = mode(directives);
		CsvSyntax csv = csv(directives);
		ScriptFilling own = this.filling.as(directives);
		if (table == null || mode == null) {
			return null;
		}
		return new DataFile(this.source.path(), this.source.resource(), this.format, table,
				directives.find("key").map(Directive::value).orElse(null), mode, csv, directives,
				Checksum.with(content.checksum(), tracked(own)), content.size(), null, encoding, own);
	}

	/**
	 * Refuse a file in UTF-8 whose bytes show another encoding, or in which a merge has
	 * left a conflict.
	 * @param path the file
	 * @param content its bytes
	 */
	public static void refuseMisread(String path, byte[] content) {
		refuse(path, Encoding.shownBy(content), StandardCharsets.UTF_8, ConflictMarkers.in(content));
	}

	private static void refuse(String path, @Nullable String shown, Charset encoding, int conflict) {
		ScriptException mismatch = Encoding.mismatch(path, shown, encoding);
		if (mismatch != null) {
			throw mismatch;
		}
		if (conflict > 0) {
			throw new ScriptException("merge-conflict", new Place(path, conflict, 1),
					"The line is a conflict marker of Git: a merge was not completed",
					"Resolve the conflict, and remove the lines with <<<<<<<, ======= and >>>>>>>.");
		}
	}

	private static Set<String> with(Set<String> keys, String... more) {
		return Stream.concat(keys.stream(), Stream.of(more)).collect(Collectors.toUnmodifiableSet());
	}

	private Set<String> keys() {
		return switch (this.format) {
			case CSV -> CSV_KEYS;
			case JSON -> JSON_KEYS;
			case YAML, MADE -> YAML_KEYS;
		};
	}

	/** Which of the values the rows use is not known before they are loaded. */
	private static Map<String, String> tracked(ScriptFilling filling) {
		return (filling.mode() == ScriptFilling.Mode.TRACKED) ? filling.placeholders().values() : Map.of();
	}

	/** What a comment says can be read before that is known; JSON has none. */
	private Charset encoding() throws IOException {
		Charset usual = this.source.location().encoding();
		Directive directive = (this.format == DataFormat.JSON) ? null
				: new Directives(comments(StandardCharsets.ISO_8859_1), Map.of()).find(Encoding.DIRECTIVE).orElse(null);
		return (directive == null) ? usual : Encoding.of(directive.value(), directive.place());
	}

	/** A YAML document may say that it begins; its comments may stand below that. */
	private boolean isBeginningOfYaml(String line) {
		return this.format == DataFormat.YAML && (line.startsWith("%") || line.matches("---(\\s+#.*|\\s*)"));
	}

	private List<Directive> comments(Charset encoding) throws IOException {
		List<Directive> directives = new ArrayList<>();
		try (BufferedReader reader = DataText.open(this.source.resource().getInputStream(), encoding)) {
			int number = 1;
			for (String line = reader.readLine(); line != null; line = reader.readLine()) {
				if (DataText.isComment(line)) {
					addDirective(line, number, directives);
				}
				else if (!isBeginningOfYaml(line)) {
					break;
				}
				number++;
			}
		}
		return directives;
	}

	private void addDirective(String line, int number, List<Directive> directives) {
		String comment = line.replaceFirst("^\\s*#+", "").strip();
		Place place = new Place(this.source.path(), number, line.indexOf('#') + 1);
		if (comment.regionMatches(true, 0, "samara:", 0, 7)) {
			directives.add(directive(comment.substring(7).strip(), place));
		}
		else if (DirectiveSlips.isSlip(comment)) {
			throw new ScriptException("misspelled-directive", place, "This looks like a directive, and is none",
					"Write \"# samara: \" before its key; if it is a comment, put it in other words.");
		}
	}

	private static Directive directive(String text, Place place) {
		int equals = text.indexOf('=');
		return (equals < 0) ? new Directive(text.toLowerCase(Locale.ROOT), "", place) : new Directive(
				text.substring(0, equals).strip().toLowerCase(Locale.ROOT), text.substring(equals + 1).strip(), place);
	}

	private void refuseRepeated(Directives directives) {
		Set<String> seen = new HashSet<>();
		for (Directive directive : directives.values()) {
			if (!seen.add(directive.key()) && !directive.key().equals("depends-on")) {
				invalid(directive, "\"" + directive.key() + "\" is said twice", "Take one of the lines out.");
			}
		}
	}

	private @Nullable QualifiedName table(Directives directives) {
		Directive directive = directives.find("table").orElse(null);
		QualifiedName name = null;
		if (directive != null) {
			name = QualifiedName.parse(directive.value());
			if (name == null) {
				invalid(directive, "\"" + directive.value() + "\" is not the name of a table",
						"Write table=species or table=shop.customer.");
			}
			return name;
		}
		String path = this.source.path();
		Matcher matcher = FILE.matcher(path.substring(path.lastIndexOf('/') + 1));
		if (matcher.matches() && matcher.group("table") != null) {
			name = QualifiedName.parse(matcher.group("table"));
		}
		if (name == null) {
			this.problems.add(new ScriptException("no-table", Place.of(path), "The file does not name its table",
					"Name it <number>_<table>, such as 010_species.csv or 010_shop.customer.csv, or say "
							+ "\"samara: table=…\" at its top."));
		}
		return name;
	}

	private @Nullable DataMode mode(Directives directives) {
		Directive directive = directives.find("mode").orElse(null);
		if (directive == null) {
			return DataMode.UPSERT;
		}
		Optional<DataMode> mode = DataMode.of(directive.value());
		if (mode.isEmpty()) {
			invalid(directive, "\"" + directive.value() + "\" is not a mode",
					"Write mode=upsert, mode=insert-missing, mode=replace or mode=once.");
		}
		return mode.orElse(null);
	}

	private CsvSyntax csv(Directives directives) {
		String nullText = directives.find("null").map(Directive::value).orElse("");
		Directive delimiter = directives.find("delimiter").orElse(null);
		if (delimiter == null) {
			return new CsvSyntax(',', nullText);
		}
		String text = delimiter.value();
		if (text.equalsIgnoreCase("tab") || text.equals("\\t")) {
			return new CsvSyntax('\t', nullText);
		}
		if (text.length() != 1 || "\"#\\".contains(text) || Character.isLetterOrDigit(text.charAt(0))) {
			invalid(delimiter, "\"" + text + "\" cannot stand between values",
					"Write a single sign, such as delimiter=; or delimiter=tab.");
			return CsvSyntax.USUAL;
		}
		return new CsvSyntax(text.charAt(0), nullText);
	}

	private void invalid(Directive directive, String problem, String remedy) {
		this.problems.add(new ScriptException("invalid-directive", directive.place(), problem, remedy));
	}

}
