package dev.samara.seed.volume;

/**
 * Chance that is the same on every machine. Each column has its own, and each row begins
 * anew: a value does not depend on other columns, nor on how many rows were made before.
 * <p>
 * The generator is SplitMix64: integers only, and none of Java's own algorithms, which
 * another release could change.
 */
final class Dice {

	private static final long GOLDEN = 0x9E3779B97F4A7C15L;

	private final long column;

	private long state;

	/**
	 * Create dice.
	 * @param seed the number the file gives
	 * @param column name of the column
	 */
	Dice(long seed, String column) {
		long hash = 0xCBF29CE484222325L;
		for (int i = 0; i < column.length(); i++) {
			hash = (hash ^ column.charAt(i)) * 0x100000001B3L;
		}
		this.column = mix(seed + GOLDEN) ^ hash;
	}

	/** Begin a row, counted from 1. */
	void begin(long row) {
		this.state = mix(this.column + row * GOLDEN);
	}

	/** Return any number. */
	long next() {
		this.state += GOLDEN;
		return mix(this.state);
	}

	/**
	 * Return a number from 0 up to a bound, each as likely as any other.
	 * @param bound the bound, which is not reached; more than 0
	 */
	long below(long bound) {
		long bits = next() >>> 1;
		long value = bits % bound;
		while (bits - value + (bound - 1) < 0) {
			bits = next() >>> 1;
			value = bits % bound;
		}
		return value;
	}

	/** Return a number from 0 up to 1, which is not reached. */
	double share() {
		return (next() >>> 11) * 0x1.0p-53;
	}

	private static long mix(long value) {
		long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
		mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
		return mixed ^ (mixed >>> 31);
	}

}
