package dev.samara.seed;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import dev.samara.postgres.PostgresConnection;
import dev.samara.postgres.ServerError;
import dev.samara.postgres.SessionSettings;
import dev.samara.seed.data.DataFile;
import dev.samara.seed.data.DataLoadException;
import dev.samara.seed.data.DataLoader;
import dev.samara.seed.data.RowCounts;

/**
 * Loads a data file in one transaction with its entry in the history, and tries again as
 * a whole when it does not get its locks.
 */
final class DataSeedExecutor {

	/** Rows of files up to this size are remembered, so that they can be taken back. */
	static final long LONGEST_REMEMBERED = 8 << 20;

	private static final Log logger = LogFactory.getLog(DataSeedExecutor.class);

	private static final Duration FIRST_WAIT = Duration.ofMillis(100);

	private final PostgresConnection connection;

	private final SessionSettings session;

	private final SeedSettings settings;

	private final DataLoader loader;

	DataSeedExecutor(PostgresConnection connection, SessionSettings session, SeedSettings settings, DataLoader loader) {
		this.connection = connection;
		this.session = session;
		this.settings = settings;
		this.loader = loader;
	}

	/**
	 * Load.
	 * @param seed name of the seed
	 * @param completed writes the statement that records it
	 */
	Outcome execute(String seed, DataFile file, Function<RowCounts, String> completed) {
		long start = System.nanoTime();
		for (int attempt = 1;; attempt++) {
			Duration lockTimeout = lockTimeout(attempt);
			try {
				RowCounts rows = attempt(seed, file, completed, lockTimeout);
				return new Outcome(rows, attempt, Duration.ofNanos(System.nanoTime() - start));
			}
			catch (DataLoadException ex) {
				rollBack(ex);
				boolean isConflict = ex.getServerError().filter(ServerError::isLockConflict).isPresent();
				if (!isConflict || attempt > this.settings.retries()) {
					throw ex;
				}
				standBack(ex, lockTimeout);
			}
			catch (RuntimeException ex) {
				rollBack(ex);
				throw ex;
			}
		}
	}

	private RowCounts attempt(String seed, DataFile file, Function<RowCounts, String> completed, Duration lockTimeout) {
		try {
			List<String> beginning = new ArrayList<>(List.of("BEGIN"));
			beginning.addAll(this.session.beginStatements());
			beginning.add("SET LOCAL lock_timeout = " + lockTimeout.toMillis());
			beginning.add("SET LOCAL statement_timeout = " + this.settings.statementTimeout().toMillis());
			this.connection.send(String.join("; ", beginning));
			boolean remember = file.size() <= LONGEST_REMEMBERED;
			RowCounts rows = this.loader.load(file, seed, remember);
			this.connection.send("SET CONSTRAINTS ALL IMMEDIATE; " + completed.apply(rows) + "; COMMIT");
			return rows;
		}
		catch (SQLException ex) {
			throw DataLoadException.of(file, ex);
		}
	}

	private Duration lockTimeout(int attempt) {
		Duration longest = this.settings.lockTimeout();
		if (longest.isZero() || attempt > this.settings.retries()) {
			return longest;
		}
		Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(attempt - 1, 20));
		return (wait.compareTo(longest) < 0) ? wait : longest;
	}

	private void rollBack(RuntimeException failure) {
		try {
			this.connection.rollbackIfOpen();
		}
		catch (SQLException ex) {
			failure.addSuppressed(ServerError.of(ex).toException(ex));
		}
	}

	private static void standBack(DataLoadException failure, Duration lockTimeout) {
		long pause = (long) (lockTimeout.toMillis() * 5 * (0.5 + ThreadLocalRandom.current().nextDouble()));
		logger.info(failure.getMessage() + "; nothing of it stays, next attempt in " + pause + " ms");
		try {
			Thread.sleep(pause);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw failure;
		}
	}

	/**
	 * What loading has come to.
	 *
	 * @param rows what was done to the table
	 * @param attempts number of attempts it took to get the locks
	 * @param duration time it took
	 */
	record Outcome(RowCounts rows, int attempts, Duration duration) {

	}

}
