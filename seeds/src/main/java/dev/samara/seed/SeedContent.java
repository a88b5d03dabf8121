package dev.samara.seed;

import dev.samara.Internal;
import dev.samara.script.Script;
import dev.samara.seed.data.DataFile;

/**
 * What a seed is made of.
 *
 * @since 0.1.0
 */
public sealed interface SeedContent {

	/**
	 * Return where it stands.
	 * @return the file as its location shows it
	 */
	String path();

	/**
	 * Return by what a change is noticed.
	 * @return {@code sha256:} and a digest
	 */
	String checksum();

	/**
	 * A script.
	 *
	 * @param script the script
	 */
	record Sql(Script script) implements SeedContent {

		@Override
		public String path() {
			return this.script.path();
		}

		@Override
		public String checksum() {
			return this.script.checksum();
		}

	}

	/**
	 * Rows for a table.
	 *
	 * @param file the file
	 */
	record Data(@Internal DataFile file) implements SeedContent {

		@Override
		public String path() {
			return this.file.path();
		}

		@Override
		public String checksum() {
			return this.file.checksum();
		}

	}

	/**
	 * Code of the application.
	 *
	 * @param seeder the code
	 * @param path its class
	 * @param checksum {@code sha256:} and the digest of its version
	 */
	record Java(Seeder seeder, String path, String checksum) implements SeedContent {

	}

}
