package dev.samara.seed.data;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

import dev.samara.script.Dependency;
import dev.samara.script.Directive;
import dev.samara.script.Place;
import dev.samara.script.ScriptException;
import dev.samara.script.ScriptSource;

/**
 * Reads the directives of a JSON file, which stand in its first entry: {@code {"samara":
 * {"table": "shop.customer"}, "rows": […]}}.
 */
final class JsonHeader {

	private static final Set<String> LISTS = Set.of("key", Dependency.DIRECTIVE);

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
				directives.addAll(values(source, key, at, parser));
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

	/** A list is as many directives for what runs before, and one for a key. */
	private static List<Directive> values(ScriptSource source, String key, Place at, JsonParser parser) {
		if (parser.nextToken() != JsonToken.START_ARRAY || !LISTS.contains(key)) {
			return List.of(new Directive(key, text(key, at, parser), at));
		}
		List<Directive> items = new ArrayList<>();
		while (parser.nextToken() != JsonToken.END_ARRAY) {
			Place place = place(source, parser);
			items.add(new Directive(key, text(key, place, parser), place));
		}
		if (items.isEmpty()) {
			throw refusal(key, at);
		}
		return key.equals(Dependency.DIRECTIVE) ? items : List
			.of(new Directive(key, items.stream().map(Directive::value).collect(Collectors.joining(", ")), at));
	}

	private static String text(String key, Place place, JsonParser parser) {
		JsonToken token = parser.currentToken();
		if (token == null || !token.isScalarValue() || token == JsonToken.VALUE_NULL) {
			throw refusal(key, place);
		}
		return parser.getString();
	}

	private static ScriptException refusal(String key, Place place) {
		return new ScriptException("invalid-directive", place, "\"" + key + "\" is no text here",
				"Write a text" + (LISTS.contains(key) ? ", or a list of texts." : "."));
	}

	private static Place place(ScriptSource source, JsonParser parser) {
		TokenStreamLocation location = parser.currentTokenLocation();
		return new Place(source.path(), location.getLineNr(), location.getColumnNr());
	}

}
