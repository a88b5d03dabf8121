package dev.samara.benchmark;

/**
 * Two ways to do the same work, measured in turn, each first in every other round: what
 * one leaves behind for the other evens out.
 */
final class Comparison {

	private final Samples yardstick = new Samples();

	private final Samples samara = new Samples();

	/**
	 * Measure.
	 * @param warmUps rounds that do not count
	 * @param rounds rounds that count
	 * @param yardstick does the work by hand and returns the nanoseconds it took
	 * @param samara does the same work with Samara
	 */
	static Comparison of(int warmUps, int rounds, Work yardstick, Work samara) {
		Comparison comparison = new Comparison();
		for (int round = -warmUps; round < rounds; round++) {
			boolean isYardstickFirst = round % 2 == 0;
			long first = (isYardstickFirst ? yardstick : samara).nanos();
			long second = (isYardstickFirst ? samara : yardstick).nanos();
			if (round >= 0) {
				comparison.yardstick.add(isYardstickFirst ? first : second);
				comparison.samara.add(isYardstickFirst ? second : first);
			}
		}
		return comparison;
	}

	Samples yardstick() {
		return this.yardstick;
	}

	Samples samara() {
		return this.samara;
	}

	double ratio() {
		return this.samara.medianInMillis() / this.yardstick.medianInMillis();
	}

	static long time(Runnable work) {
		long start = System.nanoTime();
		work.run();
		return System.nanoTime() - start;
	}

	/**
	 * Work that is timed, and may have to be prepared first.
	 */
	@FunctionalInterface
	interface Work {

		/**
		 * Do it.
		 * @return how long it took
		 */
		long nanos();

	}

}
