package dev.samara.benchmark;

import java.util.Arrays;
import java.util.Locale;

/**
 * Times of one side of a comparison.
 */
final class Samples {

	private long[] nanos = {};

	void add(long nanos) {
		this.nanos = Arrays.copyOf(this.nanos, this.nanos.length + 1);
		this.nanos[this.nanos.length - 1] = nanos;
		Arrays.sort(this.nanos);
	}

	double medianInMillis() {
		return quantileInMillis(0.5);
	}

	/**
	 * Return the middle half: a single bad moment of the machine does not show in it.
	 */
	String spread() {
		return String.format(Locale.ROOT, "%s–%s", format(quantileInMillis(0.25)), format(quantileInMillis(0.75)));
	}

	private double quantileInMillis(double share) {
		double index = share * (this.nanos.length - 1);
		int below = (int) index;
		int above = Math.min(below + 1, this.nanos.length - 1);
		return (this.nanos[below] + (index - below) * (this.nanos[above] - this.nanos[below])) / 1_000_000;
	}

	static String format(double millis) {
		return String.format(Locale.ROOT, (millis < 100) ? "%.1f" : "%.0f", millis);
	}

}
