package dev.samara.seed.check;

/**
 * What became of a check.
 *
 * @param check the check: its place in a file, or its configuration key
 * @param passed whether the data is as it should be
 * @param message what was found, with keys of rows and no other values
 * @since 0.1.0
 */
public record CheckResult(String check, boolean passed, String message) {

	@Override
	public String toString() {
		return this.check + ": " + this.message;
	}

}
