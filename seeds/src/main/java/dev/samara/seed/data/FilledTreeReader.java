package dev.samara.seed.data;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

import dev.samara.seed.data.DataValue.Entries;

/**
 * Puts values in the place of placeholders in rows that are read.
 */
final class FilledTreeReader implements TreeReader {

	private final TreeReader reader;

	private final ValueFilling filling;

	private final Problems problems;

	private FilledTreeReader(TreeReader reader, ValueFilling filling, Problems problems) {
		this.reader = reader;
		this.filling = filling;
		this.problems = problems;
	}

	static TreeReader of(TreeReader reader, DataFile file, Problems problems) {
		ValueFilling filling = ValueFilling.of(file);
		return (filling == null) ? reader : new FilledTreeReader(reader, filling, problems);
	}

	@Override
	public @Nullable Entries next() throws IOException {
		Entries row = this.reader.next();
		if (row == null) {
			return null;
		}
		Entries filled = this.filling.fill(row);
		this.filling.report(this.problems, line());
		return filled;
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
