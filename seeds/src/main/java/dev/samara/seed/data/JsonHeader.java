package dev.samara.seed.data;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

import dev.samara.script.Directive;
import dev.samara.script.Place;
import dev.samara.script.ScriptException;
import dev.samara.script.ScriptSource;

/**
 * Reads the directives of a JSON file, which stand in its first entry: {@code {"samara":
 * {"table": "shop.customer"}, "rows": […]}}.
 */
final class JsonHeader {

	private JsonHeader() {
	}

	static List<Directive> read(ScriptSource source) throws IOException {
		List<Directive> directives = new ArrayList<>();
		try (InputStream stream = source.resource().getInputStream();
				JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(),
						DataText.open(stream, source.location().encoding()))) {
			if (parser.nextToken() != JsonToken.START_OBJECT || parser.nextToken() != JsonToken.PROPERTY_NAME) {
				return directives;
			}
			Place place = place(source, parser);
			if (!parser.currentName().equals("samara") || parser.nextToken() != JsonToken.START_OBJECT) {
				throw new ScriptException("syntax", place, "The file does not begin with what it says about itself",
						"Write {\"samara\": {\"table\": …}, \"rows\": […]}, in this order, or only the array of rows.");
			}
			while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
				Place at = place(source, parser);
				String key = parser.currentName().toLowerCase(Locale.ROOT);
				boolean isText = parser.nextToken() == JsonToken.VALUE_STRING;
				directives.add(new Directive(key, isText ? parser.getString() : "", at));
				parser.skipChildren();
			}
		}
		catch (JacksonException ex) {
			TokenStreamLocation location = ex.getLocation();
			throw new ScriptException("syntax",
					(location != null) ? new Place(source.path(), location.getLineNr(), location.getColumnNr())
							: Place.of(source.path()),
					"The JSON cannot be read from here on", "Correct the JSON, and save it as UTF-8.");
		}
		return directives;
	}

	private static Place place(ScriptSource source, JsonParser parser) {
		TokenStreamLocation location = parser.currentTokenLocation();
		return new Place(source.path(), location.getLineNr(), location.getColumnNr());
	}

}
