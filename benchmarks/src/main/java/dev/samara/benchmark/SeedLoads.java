package dev.samara.benchmark;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.samara.seed.SeedRunner;
import dev.samara.seed.SeedSettings;
import dev.samara.testing.Psql;
import dev.samara.testing.TestDatabase;

/**
 * One file of customers, loaded by hand and as a seed.
 */
final class SeedLoads {

	private static final String COLUMNS = """
			(id bigint PRIMARY KEY, email text NOT NULL, name text NOT NULL, city text, balance numeric(12,2) NOT NULL,
				created_at timestamptz NOT NULL, is_active boolean NOT NULL)
			""";

	private final TestDatabase database;

	private final Path data;

	private final Path copyScript;

	private final Path upsertScript;

	private final String location;

	SeedLoads(TestDatabase database, Path folder, int rows) throws IOException {
		this.database = database;
		this.location = "file:" + folder.resolve("seed");
		this.data = Files.createDirectories(folder.resolve("seed/common")).resolve("010_customer.csv");
		write(this.data, rows);
		String from = "FROM '" + this.data + "' WITH (FORMAT csv, HEADER)\n";
		this.copyScript = Files.writeString(folder.resolve("copy.psql"), "\\copy customer " + from);
		this.upsertScript = Files.writeString(folder.resolve("upsert.psql"), """
				BEGIN;
				CREATE TEMPORARY TABLE load (LIKE customer) ON COMMIT DROP;
				\\copy load %s
				INSERT INTO customer SELECT * FROM load ON CONFLICT (id) DO UPDATE SET email = excluded.email,
					name = excluded.name, city = excluded.city, balance = excluded.balance,
					created_at = excluded.created_at, is_active = excluded.is_active;
				COMMIT;
				""".formatted(from));
	}

	private static void write(Path file, int rows) throws IOException {
		try (BufferedWriter writer = Files.newBufferedWriter(file)) {
			writer.write("id,email,name,city,balance,created_at,is_active\n");
			for (int i = 1; i <= rows; i++) {
				String city = (i % 7 == 0) ? "" : (i % 5 == 0) ? "\"Frankfurt, Main\"" : "Köln";
				writer.write(i + ",customer" + i + "@example.org,Customer number " + i + "," + city + "," + i % 9973
						+ ".25,2026-01-" + (10 + i % 20) + "T12:00:00Z," + (i % 2 == 0) + "\n");
			}
		}
	}

	void prepareEmpty() {
		this.database.execute("DROP TABLE IF EXISTS customer, samara_environment, samara_seed_rows",
				"DROP TABLE IF EXISTS samara_seeds CASCADE", "CREATE TABLE customer " + COLUMNS);
		this.database.asSuperuser().execute("CHECKPOINT");
	}

	void prepareFilled(boolean differs) {
		prepareEmpty();
		copyByHand();
		if (differs) {
			this.database.execute("UPDATE customer SET balance = balance + 1");
		}
		this.database.execute("VACUUM FULL ANALYZE customer");
		this.database.asSuperuser().execute("CHECKPOINT");
	}

	long copyByHand() {
		return psql(this.copyScript);
	}

	long upsertByHand() {
		return psql(this.upsertScript);
	}

	private long psql(Path script) {
		return Comparison.time(() -> {
			Psql.Result result = Psql.run(this.database, script);
			if (result.exitCode() != 0) {
				throw new UncheckedIOException(new IOException(result.stderr()));
			}
		});
	}

	long samara() {
		SeedRunner runner = SeedRunner.builder(this.database.dataSource())
			.settings(SeedSettings.builder().locations(this.location).build())
			.build();
		return Comparison.time(runner::run);
	}

}
