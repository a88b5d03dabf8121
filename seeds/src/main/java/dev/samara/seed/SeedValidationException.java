package dev.samara.seed;

import java.util.List;

import dev.samara.script.Finding;
import dev.samara.script.InvalidScriptsException;

/**
 * Thrown when something is wrong with seeds, or when they must not run where they are.
 *
 * @since 0.1.0
 */
public final class SeedValidationException extends InvalidScriptsException {

	/**
	 * Create an exception.
	 * @param findings what is wrong, at least one
	 */
	public SeedValidationException(List<Finding> findings) {
		super("seeds", findings);
	}

}
