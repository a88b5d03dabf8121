package dev.samara.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;

import javax.sql.DataSource;

import dev.samara.benchmark.MigrationFiles.Content;
import dev.samara.migration.MigrationReport;
import dev.samara.migration.MigrationSettings;
import dev.samara.migration.Migrator;
import dev.samara.testing.TestDatabase;
import dev.samara.testing.WireTap;

/**
 * Finds nothing to do: what every start of an application but the first one after a
 * change pays.
 */
final class NoOpRuns {

	private final ResultTable table;

	NoOpRuns(ResultTable table) {
		this.table = table;
	}

	/**
	 * Measure in this JVM, warm and with a pool, from each kind of location.
	 */
	void measureWarm(int migrations, int warmUps, int rounds) {
		withAppliedMigrations(migrations, (files, database) -> {
			DataSource pool = database.hikari(1);
			Migrator folder = migrator(pool, files.fileLocation(), NoOpRuns.class.getClassLoader());
			print("folder", migrations, warmUps, rounds, pool, files, folder, queries(database, files));
			try (URLClassLoader loader = loader(files.root())) {
				print("class path", migrations, warmUps, rounds, pool, files,
						migrator(pool, "classpath:" + MigrationFiles.FOLDER, loader), "");
			}
			try (URLClassLoader loader = loader(files.jar())) {
				print("jar", migrations, warmUps, rounds, pool, files,
						migrator(pool, "classpath:" + MigrationFiles.FOLDER, loader), "");
			}
		});
	}

	private void print(String location, int migrations, int warmUps, int rounds, DataSource pool, MigrationFiles files,
			Migrator migrator, String note) {
		Comparison comparison = Comparison.of(warmUps, rounds,
				() -> Comparison.time(() -> PlainJdbc.noOp(pool, files.folder())),
				() -> Comparison.time(() -> requireNothing(migrator.migrate())));
		this.table.print("nothing pending of %d, %s".formatted(migrations, location), comparison, note);
	}

	private static String queries(TestDatabase database, MigrationFiles files) {
		try (WireTap tap = WireTap.on(database)) {
			migrator(tap.dataSource(database), files.fileLocation(), NoOpRuns.class.getClassLoader()).migrate();
			return "queries: 1 and " + tap.queries().size();
		}
	}

	/**
	 * Measure in JVMs that have just started, with a connection of their own: from main
	 * to done.
	 */
	void measureFresh(int migrations, int rounds) {
		withAppliedMigrations(migrations, (files, database) -> {
			Comparison comparison = Comparison.of(1, rounds, () -> FreshJvm.run(FreshJvm.YARDSTICK, database, files),
					() -> FreshJvm.run(FreshJvm.SAMARA, database, files));
			this.table.print("nothing pending of %d, new JVM".formatted(migrations), comparison, "");
		});
	}

	static Migrator migrator(DataSource dataSource, String location, ClassLoader classLoader) {
		return Migrator.builder(dataSource)
			.settings(MigrationSettings.builder().locations(location).build())
			.classLoader(classLoader)
			.build();
	}

	static void requireNothing(MigrationReport report) {
		if (!report.applied().isEmpty()) {
			throw new IllegalStateException("There was something to do");
		}
	}

	private static URLClassLoader loader(Path path) throws MalformedURLException {
		return new URLClassLoader(new URL[] { path.toUri().toURL() }, NoOpRuns.class.getClassLoader());
	}

	private static void withAppliedMigrations(int migrations, Work work) {
		try (MigrationFiles files = MigrationFiles.write(Content.ROWS, migrations);
				TestDatabase database = TestDatabase.create("benchmark")) {
			PlainJdbc.firstRun(PlainJdbc.inSimpleMode(database.dataSource()), files.folder());
			database.execute("DROP TABLE thing");
			migrator(database.dataSource(), files.fileLocation(), NoOpRuns.class.getClassLoader()).migrate();
			database.execute("VACUUM ANALYZE");
			work.run(files, database);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	@FunctionalInterface
	private interface Work {

		void run(MigrationFiles files, TestDatabase database) throws IOException;

	}

}
