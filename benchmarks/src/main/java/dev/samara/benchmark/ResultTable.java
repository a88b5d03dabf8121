package dev.samara.benchmark;

import java.io.PrintStream;
import java.util.Locale;

/**
 * Prints results, a line each as soon as it is known.
 */
final class ResultTable {

	private static final String ROW = "| %-44s | %9s | %15s | %9s | %15s | %6s | %-32s |%n";

	private final PrintStream out;

	ResultTable(PrintStream out) {
		this.out = out;
	}

	void printHead() {
		this.out.printf(ROW, "work", "yardstick", "middle half", "Samara", "middle half", "ratio",
				"round trips, queries");
		this.out.printf(ROW, "---", "---", "---", "---", "---", "---", "---");
	}

	void print(String work, Comparison comparison, String note) {
		this.out.printf(ROW, work, millis(comparison.yardstick()), comparison.yardstick().spread(),
				millis(comparison.samara()), comparison.samara().spread(),
				String.format(Locale.ROOT, "%.2f", comparison.ratio()), note);
	}

	private static String millis(Samples samples) {
		return Samples.format(samples.medianInMillis()) + " ms";
	}

}
