package dev.samara.migration;

import org.jspecify.annotations.Nullable;

import dev.samara.script.Place;
import dev.samara.script.ScriptException;

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

	static Finding error(String code, String message, String remedy, @Nullable Place place) {
		return new Finding(Severity.ERROR, code, message, remedy, place);
	}

	static Finding warning(String code, String message, String remedy, @Nullable Place place) {
		return new Finding(Severity.WARNING, code, message, remedy, place);
	}

	static Finding of(ScriptException ex) {
		return error(ex.getCode(), ex.getProblem(), ex.getRemedy(), ex.getPlace());
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
