package dev.samara.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

import dev.samara.testing.TestDatabase;

/**
 * Measures data seeds against psql's {@code \copy}, both in this run on this machine.
 */
public final class SeedBenchmark {

	private static final String USAGE = """
			Arguments, all optional:
			  --rows=<number>     rows of the file (1000000)
			  --rounds=<number>   rounds that count (5)
			  --quick             100000 rows, 2 rounds
			  --memory            load ten times as many rows once, to be run with a small heap
			  --liquibase         a tenth of the rows, with Liquibase's loadUpdateData as the yardstick
			""";

	private SeedBenchmark() {
	}

	/**
	 * Run the program.
	 * @param arguments what to measure; a wrong one prints what there is
	 * @throws Exception if something fails
	 */
	public static void main(String[] arguments) throws Exception {
		int rows = 1_000_000;
		int rounds = 5;
		boolean isAboutMemory = false;
		boolean isAboutLiquibase = false;
		for (String argument : arguments) {
			String value = argument.substring(argument.indexOf('=') + 1);
			if (argument.equals("--quick")) {
				rows = 100_000;
				rounds = 2;
			}
			else if (argument.startsWith("--rows=")) {
				rows = Integer.parseInt(value);
			}
			else if (argument.startsWith("--rounds=")) {
				rounds = Integer.parseInt(value);
			}
			else if (argument.equals("--memory")) {
				isAboutMemory = true;
			}
			else if (argument.equals("--liquibase")) {
				isAboutLiquibase = true;
			}
			else {
				System.err.println(USAGE);
				return;
			}
		}
		Path folder = Files.createTempDirectory("samara-seed-benchmark");
		try (TestDatabase database = TestDatabase.create("benchmark")) {
			System.out.printf("PostgreSQL %s, Java %s, %d cores%n%n",
					database.value(String.class, "SHOW server_version"), Runtime.version(),
					Runtime.getRuntime().availableProcessors());
			if (isAboutLiquibase) {
				measureLiquibase(database, folder, rows / 10, rounds);
				return;
			}
			SeedLoads loads = new SeedLoads(database, folder, isAboutMemory ? rows * 10 : rows);
			if (isAboutMemory) {
				loads.prepareEmpty();
				print("first load", rows * 10, loads.samara());
				loads.prepareFilled(true);
				print("upsert of all", rows * 10, loads.samara());
				return;
			}
			measure(loads, rows, rounds);
		}
		finally {
			delete(folder);
		}
	}

	private static void print(String work, int rows, long nanos) {
		System.out.printf("%d rows, heap at most %d MB: %s %d s%n", rows, Runtime.getRuntime().maxMemory() >> 20, work,
				Duration.ofNanos(nanos).toSeconds());
	}

	private static void measure(SeedLoads loads, int rows, int rounds) {
		ResultTable table = new ResultTable(System.out);
		table.printHead();
		table.print(rows + " rows of CSV, first load", Comparison.of(1, rounds, () -> {
			loads.prepareEmpty();
			return loads.copyByHand();
		}, () -> {
			loads.prepareEmpty();
			return loads.samara();
		}), "psql \\copy into the table");
		for (boolean differs : List.of(true, false)) {
			table.print("the same, over rows that are " + (differs ? "different" : "the same"),
					Comparison.of(1, rounds, () -> {
						loads.prepareFilled(differs);
						return loads.upsertByHand();
					}, () -> {
						loads.prepareFilled(differs);
						return loads.samara();
					}), "\\copy, INSERT ON CONFLICT DO UPDATE");
		}
	}

	private static void measureLiquibase(TestDatabase database, Path folder, int rows, int rounds) throws IOException {
		SeedLoads loads = new SeedLoads(database, folder, rows);
		LiquibaseLoad liquibase = new LiquibaseLoad(database, folder);
		ResultTable table = new ResultTable(System.out);
		table.printHead();
		table.print(rows + " rows of CSV, first load", Comparison.of(0, rounds, () -> {
			loads.prepareEmpty();
			return liquibase.run();
		}, () -> {
			loads.prepareEmpty();
			return loads.samara();
		}), "Liquibase, loadUpdateData");
		table.print("the same, over rows that are different", Comparison.of(0, rounds, () -> {
			loads.prepareFilled(true);
			return liquibase.run();
		}, () -> {
			loads.prepareFilled(true);
			return loads.samara();
		}), "Liquibase, loadUpdateData");
	}

	private static void delete(Path folder) {
		try (var files = Files.walk(folder)) {
			files.sorted(Comparator.reverseOrder()).forEach((file) -> file.toFile().delete());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
