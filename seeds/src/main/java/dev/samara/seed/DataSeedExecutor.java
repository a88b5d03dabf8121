package dev.samara.seed;

import java.sql.SQLException;
import java.util.function.Function;
import java.util.function.Predicate;

import dev.samara.execution.CodeTransaction;
import dev.samara.seed.data.DataFile;
import dev.samara.seed.data.DataLoadException;
import dev.samara.seed.data.DataLoader;
import dev.samara.seed.data.RowCounts;

/**
 * Loads data files, each in one transaction with its entry in the history.
 */
final class DataSeedExecutor {

	/** Rows of files up to this size are remembered, so that they can be taken back. */
	static final long LONGEST_REMEMBERED = 8 << 20;

	private final CodeTransaction transaction;

	private final DataLoader loader;

	private final Predicate<String> isFresh;

	/**
	 * Create an executor.
	 * @param isFresh whether a seed has inserted nothing yet: what is remembered in part
	 * would be taken back in part
	 */
	DataSeedExecutor(CodeTransaction transaction, DataLoader loader, Predicate<String> isFresh) {
		this.transaction = transaction;
		this.loader = loader;
		this.isFresh = isFresh;
	}

	/**
	 * Load.
	 * @param seed name of the seed
	 * @param completed writes the statement that records it
	 * @return what was done to the table
	 */
	CodeTransaction.Outcome<RowCounts> execute(String seed, DataFile file, Function<RowCounts, String> completed) {
		boolean remember = file.size() <= LONGEST_REMEMBERED && this.isFresh.test(seed);
		return this.transaction.run(seed, () -> this.loader.load(file, seed, remember), completed,
				(failure) -> translated(file, failure));
	}

	private static DataLoadException translated(DataFile file, Exception failure) {
		if (failure instanceof DataLoadException known) {
			return known;
		}
		SQLException cause = CodeTransaction.sqlException(failure);
		if (cause != null) {
			return DataLoadException.of(file, cause);
		}
		return DataLoadException.unexpected(file, failure);
	}

}
