package dev.samara.script;

import dev.samara.SamaraException;

/**
 * Thrown when a location cannot be searched or a script cannot be read.
 *
 * @since 0.1.0
 */
public final class ScriptException extends SamaraException {

	private final String code;

	private final Place place;

	private final String problem;

	/**
	 * Create an exception.
	 * @param code what is wrong, as a stable word such as {@code unknown-directive}
	 * @param place the script or location, and the place in it
	 * @param problem what is wrong, without the place
	 * @param remedy what to do about it
	 */
	public ScriptException(String code, Place place, String problem, String remedy) {
		super(place + ": " + problem, remedy, null);
		this.code = code;
		this.place = place;
		this.problem = problem;
	}

	/**
	 * Return what is wrong, as a stable word.
	 * @return the code, in lower case with hyphens
	 */
	public String getCode() {
		return this.code;
	}

	/**
	 * Return the place of the problem.
	 * @return the place
	 */
	public Place getPlace() {
		return this.place;
	}

	/**
	 * Return what is wrong, without the place.
	 * @return one sentence without a full stop
	 */
	public String getProblem() {
		return this.problem;
	}

}
