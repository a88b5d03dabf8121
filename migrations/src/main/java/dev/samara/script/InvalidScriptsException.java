package dev.samara.script;

import java.util.List;
import java.util.stream.Collectors;

import dev.samara.SamaraException;

/**
 * Thrown when something is wrong with the scripts that are to run. Tells all of it at
 * once, before anything has run.
 *
 * @since 0.1.0
 */
public abstract class InvalidScriptsException extends SamaraException {

	private final transient List<Finding> findings;

	/**
	 * Create an exception.
	 * @param what what the scripts are, as in "migrations"
	 * @param findings what is wrong, at least one
	 */
	protected InvalidScriptsException(String what, List<Finding> findings) {
		super(message(what, findings), remedy(findings), null);
		this.findings = List.copyOf(findings);
	}

	private static String message(String what, List<Finding> findings) {
		String problems = findings.stream()
			.map((finding) -> System.lineSeparator() + "  - " + finding)
			.collect(Collectors.joining());
		return ((findings.size() == 1) ? "One problem was" : findings.size() + " problems were") + " found with the "
				+ what + ". Nothing was run." + problems;
	}

	private static String remedy(List<Finding> findings) {
		if (findings.size() == 1) {
			return findings.get(0).remedy();
		}
		return findings.stream()
			.map((finding) -> "  - "
					+ ((finding.place() != null) ? finding.place() + ": " + finding.remedy() : finding.remedy()))
			.distinct()
			.collect(Collectors.joining(System.lineSeparator(), "For each of them:" + System.lineSeparator(), ""));
	}

	/**
	 * Return what is wrong.
	 * @return the findings
	 */
	public List<Finding> getFindings() {
		return this.findings;
	}

}
