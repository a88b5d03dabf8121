package dev.samara.benchmark;

import dev.samara.benchmark.BenchmarkOptions.Part;
import dev.samara.benchmark.MigrationFiles.Content;
import dev.samara.testing.TestDatabase;

/**
 * Measures the migration engine against plain JDBC, both in this run on this machine.
 */
public final class MigrationBenchmark {

	private final BenchmarkOptions options;

	private final ResultTable table = new ResultTable(System.out);

	private MigrationBenchmark(BenchmarkOptions options) {
		this.options = options;
	}

	/**
	 * Run the program.
	 * @param arguments what to measure; a wrong one prints what there is
	 * @throws Exception if something fails
	 */
	public static void main(String[] arguments) throws Exception {
		BenchmarkOptions options;
		try {
			options = BenchmarkOptions.parse(arguments);
		}
		catch (IllegalArgumentException ex) {
			System.err.println(ex.getMessage());
			System.err.println(BenchmarkOptions.USAGE);
			return;
		}
		new MigrationBenchmark(options).run();
	}

	private void run() throws Exception {
		try (TestDatabase database = TestDatabase.create("benchmark")) {
			System.out.printf("PostgreSQL %s, Java %s, %d cores%n%n",
					database.value(String.class, "SHOW server_version"), Runtime.version(),
					Runtime.getRuntime().availableProcessors());
		}
		this.table.printHead();
		for (Part part : this.options.parts()) {
			measure(part);
		}
	}

	private void measure(Part part) {
		int migrations = this.options.migrations();
		int rounds = this.options.rounds();
		FirstRuns first = new FirstRuns(this.table);
		NoOpRuns noOp = new NoOpRuns(this.table);
		switch (part) {
			case FIRST -> first.measure(Content.TABLES, migrations, 1, rounds);
			case ROWS -> first.measure(Content.ROWS, migrations, 2, rounds * 2);
			case INDEXES -> first.measure(Content.INDEXES, migrations * 4, 0, Math.min(rounds, 3));
			case DELAY -> first.measureWithDelay(Content.TABLES, migrations, Math.min(rounds, 3), this.options.delay());
			case WARM -> noOp.measureWarm(migrations, rounds * 20, rounds * 20);
			case FRESH -> noOp.measureFresh(migrations, rounds);
			case STALL -> new StallRuns(this.table).measure(rounds);
			case PICTURE -> new PictureRuns(this.table).measure(rounds * 6);
		}
	}

}
