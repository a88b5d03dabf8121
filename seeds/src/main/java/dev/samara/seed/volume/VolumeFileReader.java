package dev.samara.seed.volume;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

import dev.samara.Internal;
import dev.samara.script.Checksum;
import dev.samara.script.Dependency;
import dev.samara.script.Directive;
import dev.samara.script.Directives;
import dev.samara.script.Place;
import dev.samara.script.ScriptException;
import dev.samara.script.ScriptSource;
import dev.samara.seed.data.DataFile;
import dev.samara.seed.data.DataFileReader;
import dev.samara.seed.data.DataMode;
import dev.samara.seed.data.QualifiedName;
import dev.samara.seed.volume.YamlPlaces.Entry;

/**
 * Reads a file that says how to make rows. Needs no database, but SnakeYAML: without it
 * not even the class can be loaded, so that whoever calls it asks
 * {@code DataLibraries.requireYaml} before.
 *
 * @since 0.1.0
 */
@Internal
public final class VolumeFileReader {

	private static final Pattern FILE = Pattern.compile("(?:\\d+[_-])?(?<table>\\D.*)\\.generate\\.ya?ml",
			Pattern.CASE_INSENSITIVE);

	private static final Pattern DIRECTIVE = Pattern.compile("^\\h*#\\h*samara:\\h*([\\w-]+)",
			Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

	private static final List<String> KEYS = List.of("table", "rows", "seed", "key", "mode", "level", "depends-on",
			"columns");

	private static final long MOST_ROWS = 10_000_000_000L;

	private final ScriptSource source;

	private final YamlPlaces yaml;

	private VolumeFileReader(ScriptSource source, List<ScriptException> problems) {
		this.source = source;
		this.yaml = new YamlPlaces(source.path(), problems);
	}

	/**
	 * Read a file.
	 * @param source the file
	 * @param problems told what is wrong
	 * @return the file, or empty if there is something wrong with it
	 */
	public static Optional<DataFile> read(ScriptSource source, List<ScriptException> problems) {
		List<ScriptException> found = new ArrayList<>();
		Optional<DataFile> file = Optional.empty();
		try {
			file = Optional.ofNullable(new VolumeFileReader(source, found).read());
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

	/** In other files of rows they count. */
	private void refuseDirectives(String text) {
		Matcher directive = DIRECTIVE.matcher(text);
		if (directive.find()) {
			throw new ScriptException("misplaced-directive", Place.at(this.source.path(), text, directive.start()),
					"A file that says how to make rows has no directives in comments",
					"Write \"" + directive.group(1) + ": …\" as one of its keys.");
		}
	}

	private @Nullable DataFile read() throws IOException {
		byte[] content;
		try (InputStream stream = this.source.resource().getInputStream()) {
			content = stream.readAllBytes();
		}
		DataFileReader.refuseMisread(this.source.path(), content);
		refuseDirectives(new String(content, StandardCharsets.UTF_8));
		if (!(compose(content) instanceof MappingNode root)) {
			throw new ScriptException("syntax", Place.of(this.source.path()), "The file does not say what to make",
					"Write \"rows: 1000\" and \"columns:\", and what each of them holds.");
		}
		Map<String, Entry> entries = this.yaml.entries(root);
		this.yaml.refuseUnknown(entries, KEYS);
		QualifiedName table = table(entries.get("table"));
		long rows = rows(entries.get("rows"), root);
		Entry seed = entries.get("seed");
		long chance = (seed != null) ? this.yaml.number(seed.value(), "The seed number", Long.MIN_VALUE, Long.MAX_VALUE)
				: 0;
		List<VolumeColumn> columns = columns(entries.get("columns"), root);
		DataMode mode = mode(entries.get("mode"));
		String key = key(entries.get("key"));
		Directives directives = directives(entries);
		if (table == null || columns.isEmpty()) {
			return null;
		}
		return DataFile.made(this.source.path(), this.source.resource(), table, key, mode, directives,
				Checksum.of(content), new Volume(chance, rows, columns));
	}

	private @Nullable Node compose(byte[] content) throws CharacterCodingException {
		String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
		try {
			return new Yaml(new LoaderOptions())
				.compose(new StringReader(text.startsWith("\uFEFF") ? text.substring(1) : text));
		}
		catch (MarkedYAMLException ex) {
			throw new ScriptException("syntax",
					(ex.getProblemMark() != null) ? this.yaml.at(ex.getProblemMark()) : Place.of(this.source.path()),
					"The YAML cannot be read: " + ex.getProblem(), "Correct the place it names.");
		}
		catch (YAMLException ex) {
			throw new ScriptException("syntax", Place.of(this.source.path()), "The YAML cannot be read",
					"Write one document of plain YAML.");
		}
	}

	private @Nullable QualifiedName table(@Nullable Entry entry) {
		if (entry != null) {
			String text = YamlPlaces.text(entry.value());
			QualifiedName name = (text != null) ? QualifiedName.parse(text) : null;
			if (name == null) {
				this.yaml.add(entry.value(), "This is not the name of a table",
						"Write table: species or table: shop.customer.");
			}
			return name;
		}
		String path = this.source.path();
		Matcher matcher = FILE.matcher(path.substring(path.lastIndexOf('/') + 1));
		QualifiedName name = matcher.matches() ? QualifiedName.parse(matcher.group("table")) : null;
		if (name == null) {
			this.yaml.add("no-table", Place.of(path), "The file does not name its table",
					"Name it <number>_<table>.generate.yaml, or say \"table: …\" in it.");
		}
		return name;
	}

	private long rows(@Nullable Entry entry, Node root) {
		if (entry == null) {
			this.yaml.add(root, "The file does not say how many rows to make", "Add \"rows: 1000\".");
			return 1;
		}
		return this.yaml.number(entry.value(), "The number of rows", 1, MOST_ROWS);
	}

	private List<VolumeColumn> columns(@Nullable Entry entry, Node root) {
		if (entry != null && entry.value() instanceof MappingNode columns && !columns.getValue().isEmpty()) {
			return new ColumnReader(this.yaml).read(this.yaml.entries(columns));
		}
		this.yaml.add((entry != null) ? entry.value() : root, "The file names no columns",
				"Add \"columns:\", and below it \"name: {text: …}\" for each.");
		return List.of();
	}

	private DataMode mode(@Nullable Entry entry) {
		Optional<DataMode> mode = (entry == null) ? Optional.of(DataMode.UPSERT)
				: DataMode.of(String.valueOf(YamlPlaces.text(entry.value())));
		if (mode.isEmpty() && entry != null) {
			this.yaml.add(entry.value(), "This is not a mode", "Write mode: upsert, insert-missing, replace or once.");
		}
		return mode.orElse(DataMode.UPSERT);
	}

	private @Nullable String key(@Nullable Entry entry) {
		return (entry == null) ? null
				: this.yaml.texts(entry.value(), "This says no key", "Write key: email, or key: [shop, number].")
					.stream()
					.map(YamlPlaces::text)
					.collect(Collectors.joining(", "));
	}

	/** What is left for the reader of all seeds, in the form scripts say it. */
	private Directives directives(Map<String, Entry> entries) {
		Entry level = entries.get("level");
		if (level != null && YamlPlaces.text(level.value()) == null) {
			this.yaml.add(level.value(), "This is not a level", "Write level: minimal, essential or all.");
		}
		List<Directive> directives = new ArrayList<>();
		if (level != null) {
			directives.add(directive("level", level.value()));
		}
		Entry before = entries.get("depends-on");
		if (before != null) {
			this.yaml
				.texts(before.value(), "This does not say what runs before",
						"Write depends-on: 002_species, or depends-on: [002_species, 003_shop].")
				.forEach((node) -> directives.add(directive(Dependency.DIRECTIVE, node)));
		}
		return directives.isEmpty() ? Directives.NONE : new Directives(directives, Map.of());
	}

	private Directive directive(String key, Node value) {
		return new Directive(key, String.valueOf(YamlPlaces.text(value)), this.yaml.at(value));
	}

}
