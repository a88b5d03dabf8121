package dev.samara.seed.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.samara.Internal;
import dev.samara.postgres.SqlLiteral;

/**
 * Name of a table as a file writes it. A part without quotation marks is looked up as it
 * is, and then in lower case, as SQL reads it.
 *
 * @param schema the schema, or {@code null} to find the table by the search path
 * @param name the table
 * @since 0.1.0
 */
@Internal
public record QualifiedName(@Nullable String schema, String name) {

	private static final Pattern PART = Pattern.compile("\\s*(?:\"((?:[^\"]|\"\")+)\"|([^.\"()\\s]+))\\s*(\\.|$)");

	/**
	 * Read the parts of a dotted name.
	 * @return the parts, without quotation marks; empty if it is no name
	 */
	static List<String> parts(String text) {
		List<String> parts = new ArrayList<>();
		Matcher matcher = PART.matcher(text);
		int from = 0;
		while (matcher.find(from) && matcher.start() == from) {
			parts.add((matcher.group(1) != null) ? matcher.group(1).replace("\"\"", "\"") : matcher.group(2));
			from = matcher.end();
			if (matcher.group(3).isEmpty()) {
				return parts;
			}
		}
		return List.of();
	}

	/**
	 * Read a name.
	 * @param text the name as a file writes it
	 * @return the name, or {@code null} if it is none
	 */
	public static @Nullable QualifiedName parse(String text) {
		return of(parts(text));
	}

	static @Nullable QualifiedName of(List<String> parts) {
		return switch (parts.size()) {
			case 1 -> new QualifiedName(null, parts.get(0));
			case 2 -> new QualifiedName(parts.get(0), parts.get(1));
			default -> null;
		};
	}

	/**
	 * Return the name for use in SQL.
	 * @return quoted, and qualified if there is a schema
	 */
	public String quoted() {
		return ((this.schema != null) ? SqlLiteral.name(this.schema) + "." : "") + SqlLiteral.name(this.name);
	}

	QualifiedName inLowerCase() {
		return new QualifiedName((this.schema != null) ? this.schema.toLowerCase(Locale.ROOT) : null,
				this.name.toLowerCase(Locale.ROOT));
	}

	@Override
	public String toString() {
		return ((this.schema != null) ? this.schema + "." : "") + this.name;
	}

}
