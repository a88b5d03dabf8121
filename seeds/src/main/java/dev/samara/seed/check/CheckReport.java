package dev.samara.seed.check;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What all checks have come to.
 *
 * @param results the results, in the order they were run
 * @param duration time it took
 * @since 0.1.0
 */
public record CheckReport(List<CheckResult> results, Duration duration) {

	/**
	 * Create a report.
	 */
	public CheckReport {
		results = List.copyOf(results);
	}

	/**
	 * Return whether the data is as it should be.
	 * @return whether no check failed
	 */
	public boolean passed() {
		return failed().isEmpty();
	}

	/**
	 * Return the checks that failed.
	 * @return their results
	 */
	public List<CheckResult> failed() {
		return this.results.stream().filter((result) -> !result.passed()).toList();
	}

	@Override
	public String toString() {
		List<CheckResult> failed = failed();
		return failed.isEmpty() ? this.results.size() + " passed" : failed.size() + " of " + this.results.size()
				+ " failed:\n" + failed.stream().map((result) -> "- " + result).collect(Collectors.joining("\n"));
	}

}
