package dev.samara.benchmark;

import java.time.Duration;
import java.util.Locale;

import javax.sql.DataSource;

import org.postgresql.ds.PGSimpleDataSource;

import dev.samara.benchmark.MigrationFiles.Content;
import dev.samara.migration.MigrationSettings;
import dev.samara.migration.Migrator;
import dev.samara.testing.TestDatabase;
import dev.samara.testing.WireTap;

/**
 * Migrates empty databases.
 */
final class FirstRuns {

	private final ResultTable table;

	FirstRuns(ResultTable table) {
		this.table = table;
	}

	void measure(Content content, int migrations, int warmUps, int rounds) {
		try (MigrationFiles files = MigrationFiles.write(content, migrations)) {
			Comparison comparison = Comparison.of(warmUps, rounds,
					() -> onEmptyDatabase((database) -> byHand(database.dataSource(), files)),
					() -> onEmptyDatabase((database) -> bySamara(database.dataSource(), files)));
			this.table.print("first run, %d × %s".formatted(migrations, content.name().toLowerCase(Locale.ROOT)),
					comparison, "");
		}
	}

	void measureWithDelay(Content content, int migrations, int rounds, Duration delay) {
		try (MigrationFiles files = MigrationFiles.write(content, migrations)) {
			int[] roundTrips = new int[2];
			Comparison comparison = Comparison.of(0, rounds, () -> onEmptyDatabase((database) -> {
				try (WireTap tap = WireTap.on(database, delay)) {
					long nanos = byHand(tap.dataSource(database), files);
					roundTrips[0] = tap.roundTrips();
					return nanos;
				}
			}), () -> onEmptyDatabase((database) -> {
				try (WireTap tap = WireTap.on(database, delay)) {
					long nanos = bySamara(tap.dataSource(database), files);
					roundTrips[1] = tap.roundTrips();
					return nanos;
				}
			}));
			this.table.print(
					"first run, %d × %s, %d ms away".formatted(migrations, content.name().toLowerCase(Locale.ROOT),
							delay.toMillis()),
					comparison, "round trips: %d and %d, %.2f each".formatted(roundTrips[0], roundTrips[1],
							(double) roundTrips[1] / migrations));
		}
	}

	private static long byHand(PGSimpleDataSource dataSource, MigrationFiles files) {
		PlainJdbc.inSimpleMode(dataSource);
		return Comparison.time(() -> PlainJdbc.firstRun(dataSource, files.folder()));
	}

	private static long bySamara(DataSource dataSource, MigrationFiles files) {
		MigrationSettings settings = MigrationSettings.builder().locations(files.fileLocation()).build();
		return Comparison.time(() -> Migrator.builder(dataSource).settings(settings).build().migrate());
	}

	private static long onEmptyDatabase(Measured measured) {
		try (TestDatabase database = TestDatabase.create("benchmark")) {
			return measured.nanos(database);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	@FunctionalInterface
	private interface Measured {

		long nanos(TestDatabase database);

	}

}
