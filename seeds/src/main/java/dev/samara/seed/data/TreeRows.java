package dev.samara.seed.data;

import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import dev.samara.seed.data.DataValue.Entries;
import dev.samara.seed.data.DataValue.Items;
import dev.samara.seed.data.DataValue.Null;
import dev.samara.seed.data.DataValue.Scalar;

/**
 * Rows of JSON and YAML. The file is read twice: first for its columns, which no line
 * tells beforehand.
 */
final class TreeRows implements RowReader {

	private final TreeColumns columns = new TreeColumns();

	private final Problems problems;

	private final TreeReader reader;

	private List<Field> fields = List.of();

	private List<ValueKind> kinds = List.of();

	private Predicate<String> mayLack = (column) -> true;

	TreeRows(TreeReader.Opener opener, Problems problems) throws IOException {
		this.problems = problems;
		try (TreeReader scan = opener.open()) {
			for (Entries row = scan.next(); row != null; row = scan.next()) {
				this.columns.add(row, scan.line());
			}
		}
		problems.refuse();
		this.reader = opener.open();
	}

	@Override
	public List<Field> fields(Predicate<String> isJson) {
		this.fields = this.columns.fields(isJson, this.problems);
		return this.fields;
	}

	@Override
	public void bind(List<ValueKind> kinds, Predicate<String> mayLack) {
		this.kinds = List.copyOf(kinds);
		this.mayLack = mayLack;
	}

	@Override
	public boolean next(CopyText row) throws IOException {
		Entries entries = this.reader.next();
		if (entries == null) {
			return false;
		}
		for (int i = 0; i < this.fields.size(); i++) {
			Field field = this.fields.get(i);
			DataValue value = entries.entries().get(field.column());
			if (value == null && !this.mayLack.test(field.column())) {
				this.problems.add(line(),
						"The row leaves out column \"" + field.column()
								+ "\", which has a default and stands in other rows",
						"Give it a value, or null, in every row that stands in the same file.");
			}
			String text = text(field, this.kinds.get(i), (value != null) ? value : DataValue.NULL);
			if (text != null) {
				row.add(text);
			}
			else {
				row.addNull();
			}
		}
		return true;
	}

	private @Nullable String text(Field field, ValueKind kind, DataValue value) {
		if (value instanceof Null) {
			return null;
		}
		if (field.reference() != null) {
			return (value instanceof Entries entries) ? key(field, field.reference().column(), entries) : null;
		}
		if (value instanceof Scalar scalar) {
			return (kind == ValueKind.BINARY) ? binary(field, scalar.text()) : scalar.text();
		}
		if ((kind == ValueKind.JSON || kind == ValueKind.JSON_ARRAY) && ValueText.isForeignToJson(value)) {
			this.problems.add(line(), "Column \"" + field.column()
					+ "\" is JSON, and contains a number or a truth value in a notation that JSON does not have",
					"Write it as JSON does (true, 15, 0.5), or quote it if it is a text.");
		}
		if (kind == ValueKind.JSON) {
			return ValueText.json(value);
		}
		if (value instanceof Items items && (kind == ValueKind.ARRAY || kind == ValueKind.JSON_ARRAY)) {
			return ValueText.array(items, kind == ValueKind.JSON_ARRAY);
		}
		this.problems.add(line(),
				"Column \"" + field.column() + "\" takes no " + ((value instanceof Items) ? "list" : "mapping"),
				"Write a single value; a composite or a range as PostgreSQL's literal; a reference as {ref: table, column: …}.");
		return null;
	}

	private @Nullable String key(Field field, String column, Entries reference) {
		DataValue key = reference.entries().get(column);
		if (key instanceof Scalar scalar) {
			return scalar.text();
		}
		boolean isNull = key == null || key instanceof Null;
		this.problems.add(line(),
				"The reference in column \"" + field.column() + "\" has " + (isNull ? "no value" : "no single value")
						+ " for \"" + column + "\"",
				isNull ? "Write null instead of the reference, or the value the row is known by."
						: "Write the single value the row is known by.");
		return null;
	}

	private @Nullable String binary(Field field, String text) {
		if (!text.startsWith(Base64Text.PREFIX)) {
			return text;
		}
		String hex = Base64Text.toHex(text.substring(Base64Text.PREFIX.length()));
		if (hex == null) {
			this.problems.add(line(), "Column \"" + field.column() + "\" begins with base64: and is none",
					"Correct the value, or write the bytes as \\x and hexadecimal digits.");
		}
		return hex;
	}

	@Override
	public long line() {
		return this.reader.line();
	}

	@Override
	public void close() throws IOException {
		this.reader.close();
	}

}
