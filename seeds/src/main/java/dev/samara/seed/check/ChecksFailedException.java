package dev.samara.seed.check;

import dev.samara.Internal;
import dev.samara.SamaraException;

/**
 * Thrown when data is not as it should be after seeding. What was seeded stays.
 *
 * @since 0.1.0
 */
public final class ChecksFailedException extends SamaraException {

	private final transient CheckReport report;

	/**
	 * Create an exception.
	 * @param report the report
	 */
	@Internal
	public ChecksFailedException(CheckReport report) {
		super("The data is not as it should be. What was seeded stays. Checks: " + report,
				"Correct the data or the checks named above, and start again: they are repeated until they pass. "
						+ "With samara.seeds.checks.on-failure=warn the application starts nevertheless.",
				null);
		this.report = report;
	}

	/**
	 * Return what was found.
	 * @return the report; {@code null} only after serialization
	 */
	public CheckReport getReport() {
		return this.report;
	}

}
