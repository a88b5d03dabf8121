package dev.samara.seed;

import java.sql.SQLException;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.samara.SamaraException;
import dev.samara.execution.CodeTransaction;
import dev.samara.postgres.ServerError;
import dev.samara.postgres.TableName;
import dev.samara.seed.data.RowRemoval;

/**
 * That the rows of a data seed stay.
 */
final class RowsNotRemovedException extends SamaraException {

	private RowsNotRemovedException(String message, String remedy, @Nullable Throwable cause) {
		super(message, remedy, cause);
	}

	static RowsNotRemovedException noneRemembered(String seed) {
		return new RowsNotRemovedException(
				"Samara does not remember any row that it has inserted: it had only updated "
						+ "rows that were there, or the file is longer than 8 MB, or its table has no key",
				"Write " + SeedNames.withoutExtension(seed) + ".down.sql beside it, which deletes what has to go.",
				null);
	}

	static RowsNotRemovedException lost(List<String> tables, TableName memory) {
		return new RowsNotRemovedException(
				"It has inserted rows into " + String.join(", ", tables)
						+ ", and the table or a column of its key cannot be found any more",
				RowRemoval.remedy(memory), null);
	}

	static RowsNotRemovedException referenced(String references) {
		return new RowsNotRemovedException("Other rows refer to its rows: " + references,
				"Roll back the seed that has put them in, too, or roll back with cascade, which deletes them (where the "
						+ "foreign key says SET NULL or SET DEFAULT, they stay and lose the reference).",
				null);
	}

	static SamaraException of(Exception failure) {
		if (failure instanceof SamaraException known) {
			return known;
		}
		SQLException cause = CodeTransaction.sqlException(failure);
		if (cause == null) {
			return new RowsNotRemovedException(String.valueOf(failure), "Start again.", failure);
		}
		ServerError error = ServerError.of(cause);
		return new RowsNotRemovedException(error.toString(),
				error.isLockConflict() ? "Other sessions hold locks on the rows. Start again when they are done."
						: "Correct what the server says, or write a .down.sql beside the seed.",
				error.toException(cause));
	}

}
