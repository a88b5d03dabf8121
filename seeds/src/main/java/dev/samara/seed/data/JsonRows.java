package dev.samara.seed.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

import dev.samara.seed.data.DataValue.Entries;
import dev.samara.seed.data.DataValue.Items;
import dev.samara.seed.data.DataValue.Scalar;

/**
 * Rows of JSON: an array of objects, alone or as {@code rows} beside {@code samara}.
 */
final class JsonRows implements TreeReader {

	private final JsonParser parser;

	private final Problems problems;

	private long line = 1;

	private boolean isAtRows;

	JsonRows(InputStream stream, Charset encoding, Problems problems) throws IOException {
		this.parser = new JsonFactory().createParser(ObjectReadContext.empty(), DataText.open(stream, encoding));
		this.problems = problems;
	}

	@Override
	public @Nullable Entries next() {
		try {
			return nextRow();
		}
		catch (JacksonException ex) {
			long place = (ex.getLocation() != null) ? ex.getLocation().getLineNr() : this.line;
			this.problems.add(place, "The JSON cannot be read from here on",
					"Correct the JSON, and save it as UTF-8: an array of objects, or {\"samara\": {…}, \"rows\": […]}.");
			this.problems.refuse();
			return null;
		}
	}

	private @Nullable Entries nextRow() {
		if (!this.isAtRows && !findRows()) {
			return null;
		}
		for (JsonToken token = this.parser.nextToken(); token != null
				&& token != JsonToken.END_ARRAY; token = this.parser.nextToken()) {
			this.line = this.parser.currentTokenLocation().getLineNr();
			if (token == JsonToken.START_OBJECT) {
				return entries();
			}
			this.parser.skipChildren();
			this.problems.add(this.line, "What stands here is not a row",
					"Write each row as an object: {\"name\": …}.");
		}
		return null;
	}

	private boolean findRows() {
		this.isAtRows = true;
		JsonToken token = this.parser.nextToken();
		if (token == JsonToken.START_ARRAY) {
			return true;
		}
		if (token == JsonToken.START_OBJECT) {
			while (this.parser.nextToken() == JsonToken.PROPERTY_NAME) {
				boolean isRows = this.parser.currentName().equals("rows");
				if (this.parser.nextToken() == JsonToken.START_ARRAY && isRows) {
					return true;
				}
				this.parser.skipChildren();
			}
		}
		this.problems.add(0, "The file holds no array of rows",
				"Write an array of objects, or {\"samara\": {…}, \"rows\": […]}.");
		return false;
	}

	private Entries entries() {
		Map<String, DataValue> entries = new LinkedHashMap<>();
		while (this.parser.nextToken() == JsonToken.PROPERTY_NAME) {
			String name = this.parser.currentName();
			this.parser.nextToken();
			if (entries.put(name, value()) != null) {
				this.problems.add(this.line, "Column \"" + name + "\" stands twice in the row",
						"Take one of the two out.");
			}
		}
		return new Entries(entries);
	}

	private DataValue value() {
		return switch (this.parser.currentToken()) {
			case START_OBJECT -> entries();
			case START_ARRAY -> {
				List<DataValue> items = new ArrayList<>();
				while (this.parser.nextToken() != JsonToken.END_ARRAY) {
					items.add(value());
				}
				yield new Items(items);
			}
			case VALUE_NULL -> DataValue.NULL;
			case VALUE_STRING -> new Scalar(this.parser.getString(), true);
			default -> new Scalar(this.parser.getString(), false);
		};
	}

	@Override
	public long line() {
		return this.line;
	}

	@Override
	public void close() {
		this.parser.close();
	}

}
