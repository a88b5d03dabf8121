package dev.samara.seed.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import org.jspecify.annotations.Nullable;

/**
 * Rows of CSV (RFC 4180). A field that is empty, or holds the text that means
 * {@code NULL}, is {@code NULL} unless it is quoted. Blank lines are no rows.
 */
final class CsvRows implements RowReader {

	private final Problems problems;

	private final CsvRow row;

	private final CsvReader<Boolean> reader;

	private final CloseableIterator<Boolean> records;

	private final List<Field> fields;

	private final int headerLines;

	private final Charset encoding;

	private final @Nullable ValueFilling filling;

	private List<ValueKind> kinds = List.of();

	CsvRows(DataFile file, InputStream stream, Problems problems) throws IOException {
		this.problems = problems;
		this.encoding = file.encoding();
		this.filling = ValueFilling.of(file);
		this.row = new CsvRow(file.csv().nullText().toCharArray(), this.filling);
		BufferedReader text = DataText.open(stream, file.encoding());
		this.headerLines = skipComments(text);
		this.reader = CsvReader.builder()
			.fieldSeparator(file.csv().delimiter())
			.commentStrategy(CommentStrategy.NONE)
			.skipEmptyLines(true)
			.extraFieldStrategy(FieldMismatchStrategy.IGNORE)
			.missingFieldStrategy(FieldMismatchStrategy.IGNORE)
			.allowUnclosedQuote(false)
			.build(this.row, text);
		this.records = this.reader.iterator();
		this.fields = readHeader();
	}

	private static int skipComments(BufferedReader text) throws IOException {
		int lines = 0;
		while (true) {
			text.mark(1 << 16);
			String line = text.readLine();
			if (line == null || !DataText.isComment(line)) {
				text.reset();
				return lines;
			}
			lines++;
		}
	}

	private List<Field> readHeader() {
		List<Field> header = new ArrayList<>();
		List<String> names = new ArrayList<>();
		this.row.readHeader(names);
		if (!hasNext()) {
			this.problems.add(0, "The file has no header line", "Name the columns in its first line.");
			return header;
		}
		this.records.next();
		Set<Field> seen = new HashSet<>();
		for (String name : names) {
			Field field = Field.parse(name);
			if (field == null) {
				this.problems.add(line(),
						"Column " + (header.size() + 1) + " of the header, \"" + name.strip()
								+ "\", has no name that means something",
						"Write the name of a column, or of a reference: species_id -> species(name).");
				field = new Field(name, null);
			}
			else if (!seen.add(field)) {
				this.problems.add(line(), "Column \"" + field + "\" stands twice in the header",
						"Take one of the two out.");
			}
			header.add(field);
		}
		return header;
	}

	private boolean hasNext() {
		try {
			return this.records.hasNext();
		}
		catch (CsvParseException ex) {
			this.problems.add(this.row.line() + this.headerLines,
					"The CSV cannot be read: a quoted field is not closed, goes on after its closing quotation mark, or is too long",
					"Double the quotation marks inside of quoted fields, and put one at the end of each.");
		}
		catch (UncheckedIOException ex) {
			boolean isText = ex.getCause() instanceof CharacterCodingException;
			this.problems.add(this.row.line() + this.headerLines,
					isText ? "The text after this line is not " + this.encoding.name() : "The file cannot be read on",
					isText ? "Save the file as " + this.encoding.name() + ", or name another encoding."
							: "Check the disk and the file.");
		}
		this.problems.refuse();
		return false;
	}

	@Override
	public List<Field> fields(Predicate<String> isJson) {
		return this.fields;
	}

	@Override
	public void bind(List<ValueKind> kinds, Predicate<String> mayLack) {
		this.kinds = List.copyOf(kinds);
	}

	@Override
	public boolean next(CopyText target) {
		this.row.readInto(target, this.kinds);
		if (!hasNext()) {
			return false;
		}
		this.records.next();
		if (this.row.count() != this.fields.size()) {
			this.problems.add(line(),
					"The row has " + this.row.count() + " values, the header has " + this.fields.size(),
					"Give each row a value for each column; quote values that hold the delimiter.");
		}
		if (this.filling != null) {
			this.filling.report(this.problems, line());
		}
		int wrong = this.row.wrongBase64();
		if (wrong >= 0) {
			this.problems.add(line(), "Column \"" + this.fields.get(wrong) + "\" begins with base64: and is none",
					"Correct the value, or write the bytes as \\x and hexadecimal digits.");
		}
		return true;
	}

	@Override
	public long line() {
		return this.row.line() + this.headerLines;
	}

	@Override
	public void close() throws IOException {
		this.reader.close();
	}

	/**
	 * Takes the fields of a record from the parser's own buffer.
	 */
	private static final class CsvRow extends AbstractBaseCsvCallbackHandler<Boolean> {

		private static final char[] BASE64 = Base64Text.PREFIX.toCharArray();

		private final char[] nullText;

		private final @Nullable ValueFilling filling;

		private @Nullable List<String> header;

		private @Nullable CopyText target;

		private List<ValueKind> kinds = List.of();

		private long line = 1;

		private int count;

		private int wrongBase64 = -1;

		CsvRow(char[] nullText, @Nullable ValueFilling filling) {
			this.nullText = nullText;
			this.filling = filling;
		}

		void readHeader(List<String> names) {
			this.header = names;
		}

		void readInto(CopyText row, List<ValueKind> kinds) {
			this.header = null;
			this.target = row;
			this.kinds = kinds;
		}

		long line() {
			return this.line;
		}

		int count() {
			return this.count;
		}

		int wrongBase64() {
			return this.wrongBase64;
		}

		@Override
		protected void handleBegin(long startingLineNumber) {
			this.line = startingLineNumber;
			this.count = 0;
			this.wrongBase64 = -1;
		}

		@Override
		protected void handleField(int index, char[] chars, int offset, int length, boolean isQuoted) {
			this.count = index + 1;
			if (this.header != null) {
				this.header.add(new String(chars, offset, length));
			}
			else if (this.target != null && index < this.kinds.size()) {
				if (!isQuoted && isNull(chars, offset, length)) {
					this.target.addNull();
				}
				else if (this.filling != null && this.filling.mayConcern(chars, offset, length)) {
					char[] filled = this.filling.fill(new String(chars, offset, length)).toCharArray();
					add(this.target, index, filled, 0, filled.length);
				}
				else {
					add(this.target, index, chars, offset, length);
				}
			}
		}

		private void add(CopyText row, int index, char[] chars, int offset, int length) {
			if (this.kinds.get(index) == ValueKind.BINARY && isBase64(chars, offset, length)) {
				row.add(hex(index, new String(chars, offset + BASE64.length, length - BASE64.length)));
			}
			else {
				row.add(chars, offset, length);
			}
		}

		private boolean isNull(char[] chars, int offset, int length) {
			return length == this.nullText.length
					&& Arrays.equals(chars, offset, offset + length, this.nullText, 0, length);
		}

		private static boolean isBase64(char[] chars, int offset, int length) {
			return length >= BASE64.length
					&& Arrays.equals(chars, offset, offset + BASE64.length, BASE64, 0, BASE64.length);
		}

		private String hex(int index, String base64) {
			String hex = Base64Text.toHex(base64);
			if (hex == null) {
				this.wrongBase64 = index;
			}
			return (hex != null) ? hex : "";
		}

		@Override
		protected Boolean buildRecord() {
			return true;
		}

	}

}
