package dev.samara.seed.data;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

import dev.samara.seed.data.DataValue.Entries;

/**
 * Reads the rows of a format whose values are trees.
 */
interface TreeReader extends AutoCloseable {

	/**
	 * Read the next row.
	 * @return its values by column, or {@code null} after the last one
	 */
	@Nullable Entries next() throws IOException;

	/**
	 * Return the line the last row begins at.
	 * @return counted from 1
	 */
	long line();

	@Override
	void close() throws IOException;

	/**
	 * Opens a file.
	 */
	@FunctionalInterface
	interface Opener {

		TreeReader open() throws IOException;

	}

}
