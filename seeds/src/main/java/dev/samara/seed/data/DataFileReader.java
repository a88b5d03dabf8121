package dev.samara.seed.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.samara.Internal;
import dev.samara.script.Directive;
import dev.samara.script.Directives;
import dev.samara.script.Place;
import dev.samara.script.ScriptException;
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

	private static final Set<String> KEYS = Set.of("table", "key", "mode", "level", "depends-on");

	private static final Set<String> CSV_KEYS = Set.of("table", "key", "mode", "level", "depends-on", "null",
			"delimiter");

	private final ScriptSource source;

	private final DataFormat format;

	private final List<ScriptException> problems;

	private DataFileReader(ScriptSource source, DataFormat format, List<ScriptException> problems) {
		this.source = source;
		this.format = format;
		this.problems = problems;
	}

	/**
	 * Read a file up to its rows.
	 * @param source the file
	 * @param problems told what is wrong
	 * @return the file, or empty if there is something wrong with it
	 */
	public static Optional<DataFile> read(ScriptSource source, List<ScriptException> problems) {
		DataFormat format = DataFormat.of(source.path()).orElseThrow();
		List<ScriptException> found = new ArrayList<>();
		Optional<DataFile> file = Optional.empty();
		try {
			file = Optional.ofNullable(new DataFileReader(source, format, found).read());
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
		Directives directives = new Directives(
				(this.format == DataFormat.JSON) ? JsonHeader.read(this.source) : comments(), Map.of());
		this.problems.addAll(directives.unknown((this.format == DataFormat.CSV) ? CSV_KEYS : KEYS));
		refuseRepeated(directives);
		QualifiedName table = table(directives);
		DataMode mode = mode(directives);
		CsvSyntax csv = csv(directives);
		if (table == null || mode == null) {
			return null;
		}
		return new DataFile(this.source.path(), this.source.resource(), this.format, table,
				directives.find("key").map(Directive::value).orElse(null), mode, csv, directives, content.checksum(),
				content.size(), null);
	}

	private List<Directive> comments() throws IOException {
		List<Directive> directives = new ArrayList<>();
		try (BufferedReader reader = DataText.open(this.source.resource().getInputStream())) {
			int number = 1;
			for (String line = reader.readLine(); line != null; line = reader.readLine()) {
				if (!DataText.isComment(line)) {
					break;
				}
				String comment = line.replaceFirst("^\\s*#+", "").strip();
				if (comment.regionMatches(true, 0, "samara:", 0, 7)) {
					directives.add(directive(comment.substring(7).strip(),
							new Place(this.source.path(), number, line.indexOf('#') + 1)));
				}
				number++;
			}
		}
		return directives;
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
