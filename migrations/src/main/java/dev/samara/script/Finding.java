package dev.samara.script;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Something that was found before a run.
 *
 * @param severity how bad it is
 * @param code what it is, as a stable word such as {@code checksum-changed}
 * @param message what is wrong, with names, without the place
 * @param remedy what to do about it
 * @param place where it is, or {@code null} if it is in no file
 * @since 0.1.0
 */
public record Finding(Severity severity, String code, String message, String remedy, @Nullable Place place) {

	/**
	 * Create an error.
	 * @param code what it is, as a stable word
	 * @param message what is wrong
	 * @param remedy what to do about it
	 * @param place where it is, or {@code null}
	 * @return the finding
	 */
	public static Finding error(String code, String message, String remedy, @Nullable Place place) {
		return new Finding(Severity.ERROR, code, message, remedy, place);
	}

	/**
	 * Create a warning.
	 * @param code what it is, as a stable word
	 * @param message what is worth knowing
	 * @param remedy what to do about it
	 * @param place where it is, or {@code null}
	 * @return the finding
	 */
	public static Finding warning(String code, String message, String remedy, @Nullable Place place) {
		return new Finding(Severity.WARNING, code, message, remedy, place);
	}

	/**
	 * Create an error from a script that cannot be read.
	 * @param ex what is wrong
	 * @return the finding
	 */
	public static Finding of(ScriptException ex) {
		return error(ex.getCode(), ex.getProblem(), ex.getRemedy(), ex.getPlace());
	}

	/**
	 * Create errors from a script that cannot be read.
	 * @param ex what is wrong; further problems of the same script are suppressed
	 * exceptions of it
	 * @return the findings, at least one
	 */
	public static List<Finding> allOf(ScriptException ex) {
		List<Finding> findings = new ArrayList<>(List.of(of(ex)));
		for (Throwable other : ex.getSuppressed()) {
			if (other instanceof ScriptException further) {
				findings.add(of(further));
			}
		}
		return findings;
	}

	/**
	 * Return whether the finding stops a run.
	 * @return whether it is an error
	 */
	public boolean isError() {
		return this.severity == Severity.ERROR;
	}

	@Override
	public String toString() {
		return ((this.place != null) ? this.place + ": " : "") + this.message + " [" + this.code + "]";
	}

}
