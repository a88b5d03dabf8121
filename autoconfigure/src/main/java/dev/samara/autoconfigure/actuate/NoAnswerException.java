package dev.samara.autoconfigure.actuate;

import java.time.Duration;

import dev.samara.SamaraException;

/**
 * Thrown when a database does not answer in time.
 */
final class NoAnswerException extends SamaraException {

	NoAnswerException(Duration waited) {
		super("The database has not answered for " + waited.toSeconds() + " s",
				"Check that the server answers, and that the connection pool is not exhausted.", null);
	}

}
