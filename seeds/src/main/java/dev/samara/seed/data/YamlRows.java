package dev.samara.seed.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;

import dev.samara.seed.data.DataValue.Entries;
import dev.samara.seed.data.DataValue.Items;
import dev.samara.seed.data.DataValue.Scalar;

/**
 * Rows of YAML: a sequence of mappings. Only the parser's events are used, so nothing is
 * made of what a tag names; aliases, which can make a small file a huge one, are refused.
 */
final class YamlRows implements TreeReader {

	private static final String TAG = "tag:yaml.org,2002:";

	private static final Set<String> PLAIN_TAGS = Set.of("!", TAG + "str", TAG + "seq", TAG + "map");

	private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");

	private static final Pattern JSON_LITERAL = Pattern
		.compile("true|false|-?(?:0|[1-9]\\d*)(?:\\.\\d+)?(?:[eE][+-]?\\d+)?");

	/** Truth values and numbers of YAML 1.2 (core schema), those of JSON among them. */
	private static final Pattern YAML_LITERAL = Pattern
		.compile("true|True|TRUE|false|False|FALSE|[-+]?\\d+|0o[0-7]+|0x[\\da-fA-F]+|"
				+ "[-+]?(?:\\.\\d+|\\d+(?:\\.\\d*)?)(?:[eE][-+]?\\d+)?|[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN)");

	private final Reader text;

	private final Iterator<Event> events;

	private final Problems problems;

	private long line = 1;

	private boolean isInRows;

	YamlRows(InputStream stream, Charset encoding, Problems problems) throws IOException {
		LoaderOptions options = new LoaderOptions();
		options.setCodePointLimit(Integer.MAX_VALUE);
		this.text = DataText.open(stream, encoding);
		this.events = new Yaml(options).parse(this.text).iterator();
		this.problems = problems;
	}

	@Override
	public @Nullable Entries next() {
		try {
			return nextRow();
		}
		catch (YAMLException ex) {
			Mark mark = (ex instanceof MarkedYAMLException marked) ? marked.getProblemMark() : null;
			this.problems.add((mark != null) ? mark.getLine() + 1L : this.line,
					(mark != null) ? mark.getColumn() + 1L : 0, "The YAML cannot be read from here on",
					"Correct the YAML, and save it as UTF-8: a sequence of mappings, \"- name: …\".");
			this.problems.refuse();
			return null;
		}
	}

	private @Nullable Entries nextRow() {
		while (this.events.hasNext()) {
			Event event = this.events.next();
			this.line = event.getStartMark().getLine() + 1L;
			switch (event.getEventId()) {
				case SequenceStart -> {
					if (!this.isInRows) {
						this.isInRows = true;
					}
					else {
						notARow(event);
					}
				}
				case MappingStart -> {
					if (this.isInRows) {
						return entries((NodeEvent) event);
					}
					notARow(event);
				}
				case Scalar, Alias -> notARow(event);
				case SequenceEnd -> this.isInRows = false;
				default -> {
				}
			}
		}
		return null;
	}

	private void notARow(Event event) {
		if (event instanceof ScalarEvent scalar && !this.isInRows && NULLS.contains(scalar.getValue())) {
			return;
		}
		value(event);
		add(event, "This is not a row", "Write the file as a sequence of mappings: \"- name: …\".");
	}

	private Entries entries(NodeEvent start) {
		check(start);
		Map<String, DataValue> entries = new LinkedHashMap<>();
		for (Event key = this.events.next(); !key.is(Event.ID.MappingEnd); key = this.events.next()) {
			boolean isName = key instanceof ScalarEvent;
			String name = isName ? ((ScalarEvent) key).getValue() : "";
			if (!isName) {
				value(key);
			}
			DataValue value = value(this.events.next());
			if (!isName || entries.put(name, value) != null) {
				add(key, isName ? "\"" + name + "\" appears twice in the same mapping"
						: "This is not the name of a column", "Name each column once.");
			}
		}
		return new Entries(entries);
	}

	private DataValue value(Event event) {
		switch (event.getEventId()) {
			case MappingStart -> {
				return entries((NodeEvent) event);
			}
			case SequenceStart -> {
				check((NodeEvent) event);
				List<DataValue> items = new ArrayList<>();
				for (Event item = this.events.next(); !item.is(Event.ID.SequenceEnd); item = this.events.next()) {
					items.add(value(item));
				}
				return new Items(items);
			}
			case Scalar -> {
				check((NodeEvent) event);
				return scalar((ScalarEvent) event);
			}
			default -> {
				add(event, "Aliases are not supported in data files", "Write the value.");
				return DataValue.NULL;
			}
		}
	}

	private DataValue scalar(ScalarEvent event) {
		String value = event.getValue();
		if ((TAG + "binary").equals(event.getTag())) {
			String hex = Base64Text.toHex(value);
			if (hex == null) {
				add(event, "The value is tagged !!binary and is not base64", "Correct the value.");
			}
			return new Scalar((hex != null) ? hex : "", true);
		}
		if (event.isPlain() && event.getTag() == null) {
			boolean isJson = JSON_LITERAL.matcher(value).matches();
			return NULLS.contains(value) ? DataValue.NULL
					: new Scalar(value, !isJson, !isJson && YAML_LITERAL.matcher(value).matches());
		}
		return new Scalar(value, true);
	}

	private void check(NodeEvent event) {
		String tag = (event instanceof ScalarEvent scalar) ? scalar.getTag()
				: (event instanceof CollectionStartEvent start) ? start.getTag() : null;
		if (event.getAnchor() != null) {
			add(event, "Anchors are not supported in data files", "Remove it.");
		}
		if (tag != null && !PLAIN_TAGS.contains(tag) && !tag.equals(TAG + "binary")) {
			add(event, "The tag of this value has no effect in data files",
					"Remove it, and write the value as PostgreSQL reads it. !!binary and !!str are known.");
		}
	}

	private void add(Event event, String message, String remedy) {
		Mark mark = event.getStartMark();
		this.problems.add(mark.getLine() + 1L, mark.getColumn() + 1L, message, remedy);
	}

	@Override
	public long line() {
		return this.line;
	}

	@Override
	public void close() throws IOException {
		this.text.close();
	}

}
