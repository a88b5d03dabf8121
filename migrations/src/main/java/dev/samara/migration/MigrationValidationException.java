package dev.samara.migration;

import java.util.List;

import dev.samara.script.Finding;
import dev.samara.script.InvalidScriptsException;

/**
 * Thrown when something is wrong with migrations, or, where that is asked, when one is
 * pending.
 *
 * @since 0.1.0
 */
public final class MigrationValidationException extends InvalidScriptsException {

	/**
	 * Create an exception.
	 * @param findings what is wrong, at least one
	 */
	public MigrationValidationException(List<Finding> findings) {
		super("migrations", findings);
	}

}
