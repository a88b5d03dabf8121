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
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

import dev.samara.seed.data.DataValue.Entries;
import dev.samara.seed.data.DataValue.Items;
import dev.samara.seed.data.DataValue.Scalar;

/**
 * Rows of JSON: an array of objects, alone or as {@code rows} beside {@code samara}.
 */
final class JsonRows implements TreeReader {

	private static final String ROWS = "rows";

	private final JsonParser parser;

	private final Problems problems;

	private long line = 1;

	private boolean isAtRows;

	private boolean isInObject;

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
			TokenStreamLocation place = ex.getLocation();
			this.problems.add((place != null) ? place.getLineNr() : this.line,
					(place != null) ? place.getColumnNr() : 0, "The JSON cannot be read from here on",
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
			TokenStreamLocation place = this.parser.currentTokenLocation();
			this.line = place.getLineNr();
			if (token == JsonToken.START_OBJECT) {
				return entries();
			}
			this.parser.skipChildren();
			add(place, "This is not a row", "Write each row as an object: {\"name\": …}.");
		}
		refuseFurtherData();
		return null;
	}

	/** A second array, or what a merge has left, would be lost without a word. */
	private void refuseFurtherData() {
		JsonToken token = this.parser.nextToken();
		while (this.isInObject && token == JsonToken.PROPERTY_NAME) {
			unexpectedEntry();
			this.parser.nextToken();
			this.parser.skipChildren();
			token = this.parser.nextToken();
		}
		if (this.isInObject) {
			token = this.parser.nextToken();
		}
		if (token != null) {
			add(this.parser.currentTokenLocation(), "The file contains further data behind the end of its rows",
					"Write all rows in one array, and nothing behind it.");
			this.problems.refuse();
		}
	}

	private void unexpectedEntry() {
		String name = this.parser.currentName();
		add(this.parser.currentTokenLocation(),
				ROWS.equals(name) ? "The file contains \"rows\" twice"
						: "\"" + name + "\" is not an entry of a data file",
				"Write {\"samara\": {…}, \"rows\": […]}, with all rows in one array, and nothing else.");
	}

	private boolean findRows() {
		this.isAtRows = true;
		JsonToken token = this.parser.nextToken();
		if (token == JsonToken.START_ARRAY) {
			return true;
		}
		if (token == JsonToken.START_OBJECT) {
			this.isInObject = true;
			for (int entry = 0; this.parser.nextToken() == JsonToken.PROPERTY_NAME; entry++) {
				boolean isRows = this.parser.currentName().equals(ROWS);
				if (!isRows && entry > 0) {
					unexpectedEntry();
				}
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
			TokenStreamLocation place = this.parser.currentTokenLocation();
			this.parser.nextToken();
			if (entries.put(name, value()) != null) {
				add(place, "\"" + name + "\" appears twice in the same object", "Remove one of the two.");
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

	private void add(TokenStreamLocation place, String message, String remedy) {
		this.problems.add(place.getLineNr(), place.getColumnNr(), message, remedy);
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
