package dev.samara.seed;

import dev.samara.Internal;
import dev.samara.execution.ExecutableScript;
import dev.samara.seed.data.DataFile;

/**
 * What a run does for a seed, made ready without a database.
 *
 * @since 0.1.0
 */
@Internal
public sealed interface SeedWork {

	/**
	 * Return the number of statements the history is told.
	 * @return how many statements of the seed's own are run; 1 for a data file and for
	 * code
	 */
	int statements();

	/**
	 * Runs a script.
	 *
	 * @param executable the script, cut into what is sent to the server
	 */
	record RunScript(ExecutableScript executable) implements SeedWork {

		@Override
		public int statements() {
			return this.executable.statementCount();
		}

	}

	/**
	 * Loads a data file.
	 *
	 * @param file the file
	 */
	record LoadData(DataFile file) implements SeedWork {

		@Override
		public int statements() {
			return 1;
		}

	}

	/**
	 * Runs code of the application.
	 *
	 * @param seeder the code
	 */
	record RunJava(Seeder seeder) implements SeedWork {

		@Override
		public int statements() {
			return 1;
		}

	}

}
