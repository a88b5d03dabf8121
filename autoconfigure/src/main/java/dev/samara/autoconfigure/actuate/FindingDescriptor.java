package dev.samara.autoconfigure.actuate;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.samara.script.Finding;
import dev.samara.script.Severity;

/**
 * Something that is wrong or worth knowing.
 *
 * @param severity {@code ERROR} if nothing runs until it is dealt with
 * @param code what it is, as a stable word
 * @param message what is wrong
 * @param remedy what to do about it
 * @param place file, line and column, or {@code null}
 * @since 0.1.0
 */
public record FindingDescriptor(Severity severity, String code, String message, String remedy, @Nullable String place) {

	static List<FindingDescriptor> allOf(List<Finding> findings) {
		return findings.stream()
			.map((finding) -> new FindingDescriptor(finding.severity(), finding.code(), finding.message(),
					finding.remedy(), (finding.place() != null) ? finding.place().toString() : null))
			.toList();
	}

}
