package dev.samara.benchmark;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * What is measured.
 *
 * @param parts the parts that run
 * @param migrations number of migrations
 * @param rounds number of rounds that count, of those that take long
 * @param delay what a round trip takes more, where that is measured
 */
record BenchmarkOptions(Set<Part> parts, int migrations, int rounds, Duration delay) {

	static final String USAGE = """
			Arguments, all optional:
			  first rows indexes delay warm fresh stall picture
			                                        the parts to measure (default: all but indexes)
			  --migrations=<number>                 number of migrations (1000)
			  --rounds=<number>                     rounds that count (5)
			  --delay=<milliseconds>                network delay of the part "delay" (2)
			  --quick                               200 migrations, 2 rounds
			""";

	/**
	 * Something to measure.
	 */
	enum Part {

		/** First run, tables. */
		FIRST,

		/** First run, little work for the server. */
		ROWS,

		/** First run, four times as many migrations with a table and an index. */
		INDEXES,

		/** First run over a slow network. */
		DELAY,

		/** Nothing pending, in a JVM that is warm. */
		WARM,

		/** Nothing pending, in a JVM that has just started. */
		FRESH,

		/** The longest pause of an application whose table is changed. */
		STALL,

		/** A picture of the schema. */
		PICTURE

	}

	/**
	 * Read the arguments of the program.
	 * @throws IllegalArgumentException if one of them has no meaning
	 */
	static BenchmarkOptions parse(String... arguments) {
		Set<Part> parts = EnumSet.noneOf(Part.class);
		int migrations = 1000;
		int rounds = 5;
		Duration delay = Duration.ofMillis(2);
		for (String argument : arguments) {
			String value = argument.substring(argument.indexOf('=') + 1);
			if (argument.equals("--quick")) {
				migrations = 200;
				rounds = 2;
			}
			else if (argument.startsWith("--migrations=")) {
				migrations = Integer.parseInt(value);
			}
			else if (argument.startsWith("--rounds=")) {
				rounds = Integer.parseInt(value);
			}
			else if (argument.startsWith("--delay=")) {
				delay = Duration.ofMillis(Long.parseLong(value));
			}
			else {
				parts.add(Part.valueOf(argument.toUpperCase(Locale.ROOT)));
			}
		}
		return new BenchmarkOptions(parts.isEmpty() ? EnumSet.complementOf(EnumSet.of(Part.INDEXES)) : parts,
				migrations, rounds, delay);
	}

}
