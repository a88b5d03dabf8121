package dev.samara.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import dev.samara.migration.MigrationSettings;
import dev.samara.migration.Migrator;
import dev.samara.testing.TestDatabase;

/**
 * Changes a table that a busy application uses, while a reader keeps it for some seconds:
 * what counts is the longest pause of the application.
 */
final class StallRuns {

	private static final Duration READER = Duration.ofSeconds(6);

	private static final int THREADS = 4;

	private final ResultTable table;

	private final List<Long> pauses = new ArrayList<>();

	private final List<Long> ends = new ArrayList<>();

	private final Samples unchanged = new Samples();

	StallRuns(ResultTable table) {
		this.table = table;
	}

	/**
	 * Measure.
	 * @param rounds rounds that count
	 */
	void measure(int rounds) {
		Comparison comparison = Comparison.of(0, rounds, () -> longestPause(StallRuns::alter),
				() -> remember(longestPause(this::migrate)));
		this.table.print("longest pause, ALTER TABLE behind a %d s reader".formatted(READER.toSeconds()), comparison,
				String.format(Locale.ROOT, "worst %d ms; with no change at all %s; done after %s s",
						this.pauses.stream().mapToLong(Long::longValue).max().orElse(0), this.unchanged.spread(),
						this.ends.stream()
							.map((millis) -> String.format(Locale.ROOT, "%.1f", millis / 1000.0))
							.toList()));
	}

	private long remember(long nanos) {
		this.pauses.add(nanos / 1_000_000);
		this.unchanged.add(longestPause((database) -> {
		}));
		return nanos;
	}

	private static void alter(TestDatabase database) {
		database.execute("ALTER TABLE account ADD COLUMN note text");
	}

	private void migrate(TestDatabase database) {
		try {
			Path folder = Files.createTempDirectory("samara-stall");
			Path file = Files.writeString(folder.resolve("V1__note.sql"), "ALTER TABLE account ADD COLUMN note text;");
			long start = System.nanoTime();
			Migrator.builder(database.dataSource())
				.settings(MigrationSettings.builder().locations("file:" + folder).build())
				.build()
				.migrate();
			this.ends.add((System.nanoTime() - start) / 1_000_000);
			Files.delete(file);
			Files.delete(folder);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static long longestPause(Change change) {
		try (TestDatabase database = TestDatabase.create("stall")) {
			database.execute("CREATE TABLE account AS SELECT id, 0 AS balance FROM generate_series(1, 1000) id",
					"ALTER TABLE account ADD PRIMARY KEY (id)");
			AtomicBoolean isOver = new AtomicBoolean();
			AtomicLong longest = new AtomicLong();
			List<Thread> application = new ArrayList<>();
			for (int i = 0; i < THREADS; i++) {
				application.add(start(() -> use(database, isOver, longest)));
			}
			Thread.sleep(1000);
			longest.set(0);
			Thread reader = start(() -> read(database));
			Thread.sleep(300);
			change.make(database);
			reader.join();
			isOver.set(true);
			for (Thread thread : application) {
				thread.join();
			}
			return longest.get();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Thread start(Runnable work) {
		Thread thread = new Thread(work);
		thread.start();
		return thread;
	}

	private static void use(TestDatabase database, AtomicBoolean isOver, AtomicLong longest) {
		try (Connection connection = database.connection();
				PreparedStatement update = connection
					.prepareStatement("UPDATE account SET balance = balance + 1 WHERE id = ?")) {
			while (!isOver.get()) {
				update.setInt(1, ThreadLocalRandom.current().nextInt(1, 1001));
				long start = System.nanoTime();
				update.execute();
				longest.accumulateAndGet(System.nanoTime() - start, Math::max);
				Thread.sleep(2);
			}
		}
		catch (SQLException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void read(TestDatabase database) {
		try (Connection connection = database.connection(); Statement statement = connection.createStatement()) {
			connection.setAutoCommit(false);
			statement.execute("SELECT count(*) FROM account");
			Thread.sleep(READER.toMillis());
			connection.rollback();
		}
		catch (SQLException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@FunctionalInterface
	private interface Change {

		void make(TestDatabase database);

	}

}
