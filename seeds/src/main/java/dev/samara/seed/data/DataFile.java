package dev.samara.seed.data;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;

import dev.samara.Internal;
import dev.samara.placeholder.BuiltIns;
import dev.samara.script.Directives;
import dev.samara.script.ScriptFilling;

/**
 * A file of rows for a table. Holds what its name and its header say, never its rows:
 * those are streamed.
 *
 * @param path the file as its location shows it
 * @param resource the file itself
 * @param format how its rows are written
 * @param table the table, as the file names it
 * @param key the unique constraint, index or columns that rows are matched by, as the
 * file names them; {@code null} to find one
 * @param mode what becomes of rows that are there already
 * @param csv how values are written, if it is CSV
 * @param directives what the header says
 * @param checksum {@code sha256:} and the digest of the content, neutral to line ends and
 * byte order mark
 * @param size length in bytes; of rows that are made, about what they would have
 * @param maker makes the rows, or {@code null} if the file holds them
 * @param encoding the encoding of the file
 * @param filling what becomes of placeholders in its values
 * @since 0.1.0
 */
@Internal
public record DataFile(String path, Resource resource, DataFormat format, QualifiedName table, @Nullable String key,
		DataMode mode, CsvSyntax csv, Directives directives, String checksum, long size, @Nullable RowMaker maker,
		Charset encoding, ScriptFilling filling) {

	/** About what a value that is made costs to remember and to sort, in bytes. */
	private static final long BYTES_PER_VALUE = 16;

	/**
	 * How values are written in CSV.
	 *
	 * @param delimiter what stands between two values
	 * @param nullText the text that means {@code NULL} where it is not quoted
	 */
	record CsvSyntax(char delimiter, String nullText) {

		static final CsvSyntax USUAL = new CsvSyntax(',', "");

	}

	/**
	 * Create a file that says how to make rows.
	 * @param path the file as its location shows it
	 * @param resource the file itself
	 * @param table the table
	 * @param key the key, or {@code null} to find one
	 * @param mode what becomes of rows that are there already
	 * @param directives what else the file says
	 * @param checksum {@code sha256:} and the digest of the content
	 * @param maker makes the rows
	 * @return the file
	 */
	public static DataFile made(String path, Resource resource, QualifiedName table, @Nullable String key,
			DataMode mode, Directives directives, String checksum, RowMaker maker) {
		return new DataFile(path, resource, DataFormat.MADE, table, key, mode, CsvSyntax.USUAL, directives, checksum,
				maker.rows() * maker.columns().size() * BYTES_PER_VALUE, maker, StandardCharsets.UTF_8,
				ScriptFilling.NONE);
	}

	DataFile with(RowMaker ready) {
		return new DataFile(this.path, this.resource, this.format, this.table, this.key, this.mode, this.csv,
				this.directives, this.checksum, this.size, ready, this.encoding, this.filling);
	}

	/**
	 * Add values of built-in placeholders.
	 * @param known tells the values; asked only if placeholders are replaced
	 * @return the file
	 */
	public DataFile with(Supplier<BuiltIns> known) {
		return !this.filling.isOn() ? this
				: new DataFile(this.path, this.resource, this.format, this.table, this.key, this.mode, this.csv,
						this.directives, this.checksum, this.size, this.maker, this.encoding,
						this.filling.with(known.get()));
	}

	/**
	 * Return whether the file is loaded a single time, whatever becomes of it.
	 * @return whether its mode is {@link DataMode#ONCE}
	 */
	public boolean isOnce() {
		return this.mode == DataMode.ONCE;
	}

	@Override
	public String toString() {
		return this.path;
	}

}
