package dev.samara.autoconfigure.migration;

import dev.samara.SamaraException;

/**
 * Thrown when {@code samara.migrations.target} says nothing that a start could aim at.
 */
final class InvalidTargetException extends SamaraException {

	InvalidTargetException(String target, String problem, String remedy) {
		super("samara.migrations.target is " + target + problem, remedy, null);
	}

}
