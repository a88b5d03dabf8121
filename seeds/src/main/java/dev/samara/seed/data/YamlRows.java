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

	private static final Set<String> PLAIN_TAGS = Set.of("!", TAG + "str", TAG + "int", TAG + "float", TAG + "bool",
			TAG + "null", TAG + "seq", TAG + "map", TAG + "timestamp");

	private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");

	private static final Pattern JSON_LITERAL = Pattern
		.compile("true|false|-?(?:0|[1-9]\\d*)(?:\\.\\d+)?(?:[eE][+-]?\\d+)?");

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
			long place = (ex instanceof MarkedYAMLException marked && marked.getProblemMark() != null)
					? marked.getProblemMark().getLine() + 1L : this.line;
			this.problems.add(place, "The YAML cannot be read from here on",
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
		this.problems.add(event.getStartMark().getLine() + 1L, "What stands here is not a row",
				"Write the file as a sequence of mappings: \"- name: …\".");
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
				this.problems.add(key.getStartMark().getLine() + 1L, isName
						? "Column \"" + name + "\" stands twice in the row" : "What stands here is no name of a column",
						"Name each column once.");
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
				this.problems.add(event.getStartMark().getLine() + 1L, "Aliases are not read here", "Write the value.");
				return DataValue.NULL;
			}
		}
	}

	private DataValue scalar(ScalarEvent event) {
		String value = event.getValue();
		if ((TAG + "binary").equals(event.getTag())) {
			String hex = Base64Text.toHex(value);
			if (hex == null) {
				this.problems.add(event.getStartMark().getLine() + 1L, "The value is tagged !!binary and is not base64",
						"Correct the value.");
			}
			return new Scalar((hex != null) ? hex : "", true);
		}
		if (event.isPlain() && event.getTag() == null) {
			return NULLS.contains(value) ? DataValue.NULL : new Scalar(value, !JSON_LITERAL.matcher(value).matches());
		}
		return new Scalar(value, true);
	}

	private void check(NodeEvent event) {
		String tag = (event instanceof ScalarEvent scalar) ? scalar.getTag()
				: (event instanceof CollectionStartEvent start) ? start.getTag() : null;
		if (event.getAnchor() != null) {
			this.problems.add(event.getStartMark().getLine() + 1L, "Anchors are not read here", "Take it out.");
		}
		if (tag != null && !PLAIN_TAGS.contains(tag) && !tag.equals(TAG + "binary")) {
			this.problems.add(event.getStartMark().getLine() + 1L, "The tag of a value means nothing here",
					"Take it out; !!binary is known.");
		}
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
