package dev.samara.sample.torture;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import dev.samara.sample.torture.TortureScript.Mode;
import dev.samara.sample.torture.TortureStatement.Kind;

/**
 * Writes scripts at random.
 */
final class Author {

	private static final int LONGER_THAN_A_MESSAGE = 1_200_000;

	private Random random;

	private int dropped;

	Author(Random random) {
		this.random = random;
	}

	/**
	 * Goes on with other chances.
	 */
	Author with(Random random) {
		this.random = random;
		return this;
	}

	TortureScript versioned(int version) {
		Mode mode = Mode.values()[this.random.nextInt(Mode.values().length)];
		String key = "V" + version;
		List<TortureStatement> statements = new ArrayList<>();
		int wanted = 1 + this.random.nextInt(5);
		if (mode != Mode.WRAPPED && chance(20)) {
			statements.add(TortureStatement.of(Kind.SETTING, "SET torture.mark = '" + key + "';"));
			statements.add(new TortureStatement(Kind.ROWS,
					insert("current_setting('torture.mark'), " + (statements.size() + 1)), null, 1, null));
		}
		while (statements.size() < wanted) {
			if (mode == Mode.NONE && chance(30)) {
				ownTransaction(key, statements);
			}
			else if ((mode == Mode.SEGMENTS || mode == Mode.NONE) && chance(50)) {
				statements.add(alone(key, statements.size() + 1));
			}
			else {
				statements.add(ordinary(key, statements.size() + 1));
			}
		}
		if (mode == Mode.SEGMENTS && statements.stream().noneMatch((statement) -> statement.kind().isAlone())) {
			statements.add(alone(key, statements.size() + 1));
		}
		if (chance(18)) {
			breakOne(key, statements);
		}
		return new TortureScript(key, key + "__torture.sql", mode, statements);
	}

	TortureScript repeatable(int number, int revision) {
		String name = "R" + number;
		String key = name + "." + revision;
		return new TortureScript(key, "R__" + name + ".sql", chance(50) ? Mode.TRANSACTION : Mode.WRAPPED,
				List.of(TortureStatement.of(Kind.SETTING,
						"CREATE OR REPLACE VIEW view_" + number + " AS SELECT " + revision + " AS revision;"),
						ordinaryRows(key, 2)));
	}

	private void ownTransaction(String key, List<TortureStatement> statements) {
		statements.add(TortureStatement.of(Kind.CONTROL, "BEGIN;"));
		int inside = 1 + this.random.nextInt(3);
		for (int i = 0; i < inside; i++) {
			statements.add(ordinary(key, statements.size() + 1));
		}
		statements.add(TortureStatement.of(Kind.CONTROL, chance(50) ? "COMMIT;" : "END;"));
	}

	private TortureStatement ordinary(String key, int number) {
		if (chance(20)) {
			String table = "table_" + key.toLowerCase() + "_" + number;
			return new TortureStatement(Kind.TABLE, "CREATE TABLE " + table + " (id integer PRIMARY KEY, name text);",
					null, 0, table);
		}
		return ordinaryRows(key, number);
	}

	private TortureStatement ordinaryRows(String key, int number) {
		String row = "'" + key + "', " + number;
		String seconds = "0." + (1 + this.random.nextInt(4));
		return switch (this.random.nextInt(9)) {
			case 0, 1 -> TortureStatement.adding(1, insert(row));
			case 2, 3 -> TortureStatement.adding(1, insert(row + " FROM pg_sleep(" + seconds + ")"));
			case 4 -> TortureStatement.adding(200, insert(row + " FROM generate_series(1, 200)"));
			case 5 -> TortureStatement.adding(2, "WITH first AS (" + insert(row).replace(";", "")
					+ " RETURNING script, statement) " + insert("script, statement FROM first"));
			case 6 -> TortureStatement.adding(2,
					"DO $$ BEGIN " + insert(row) + " PERFORM pg_sleep(" + seconds + "); " + insert(row) + " END $$;");
			case 7 -> TortureStatement.adding(20,
					"COPY ledger (script, statement) FROM STDIN;\n" + (key + "\t" + number + "\n").repeat(20) + "\\.");
			default -> chance(30)
					? TortureStatement.adding(1,
							insert(row + " WHERE '" + "x".repeat(LONGER_THAN_A_MESSAGE) + "' <> ''"))
					: TortureStatement.adding(3, insert(row + " FROM generate_series(1, 3)"));
		};
	}

	private static String insert(String values) {
		return "INSERT INTO ledger (script, statement) SELECT " + values + ";";
	}

	private TortureStatement alone(String key, int number) {
		String index = "index_" + key.toLowerCase() + "_" + number;
		return switch (this.random.nextInt(9)) {
			case 0, 1, 2, 8 -> index(index, "slow_plant (slowly(id))");
			case 3, 4 -> index(index, "plant (name)");
			case 5 -> (this.dropped < TortureDatabase.OLD_INDEXES) ? drop("old_" + ++this.dropped)
					: TortureStatement.of(Kind.VACUUM, "VACUUM slow_plant;");
			case 6 -> TortureStatement.of(Kind.VACUUM, "REINDEX INDEX CONCURRENTLY plant_pkey;");
			default -> TortureStatement.of(Kind.VACUUM, "VACUUM (ANALYZE) plant;");
		};
	}

	private static TortureStatement index(String name, String what) {
		return new TortureStatement(Kind.INDEX, "CREATE INDEX CONCURRENTLY " + name + " ON " + what + ";", null, 0,
				name);
	}

	private static TortureStatement drop(String index) {
		return new TortureStatement(Kind.DROP, "DROP INDEX CONCURRENTLY IF EXISTS " + index + ";", null, 0, index);
	}

	private void breakOne(String key, List<TortureStatement> statements) {
		int which = this.random.nextInt(statements.size());
		TortureStatement chosen = statements.get(which);
		switch (chosen.kind()) {
			case ROWS, TABLE -> statements.set(which, chosen.breaking(
					insert("'" + key + "', " + (which + 1) + " / (2 - number) FROM generate_series(1, 2) number")));
			// On the same table: an invalid index on another one is not looked for.
			case INDEX -> statements.set(which, chosen.breaking("CREATE UNIQUE INDEX CONCURRENTLY " + chosen.relation()
					+ (chosen.sql().contains("slow_plant") ? " ON slow_plant ((id / 2));" : " ON plant (kind);")));
			default -> {
			}
		}
	}

	private boolean chance(int percent) {
		return this.random.nextInt(100) < percent;
	}

}
