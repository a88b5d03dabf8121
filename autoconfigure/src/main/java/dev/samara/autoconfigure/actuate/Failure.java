package dev.samara.autoconfigure.actuate;

import dev.samara.SamaraException;

/**
 * Tells of an exception what may be shown: the words of Samara's own, which hold no
 * values; of others only what they are.
 */
final class Failure {

	private Failure() {
	}

	static String describe(RuntimeException ex) {
		return (ex instanceof SamaraException) ? String.valueOf(ex.getMessage()) : ex.getClass().getName();
	}

}
