package dev.samara.migration;

import java.util.List;

import dev.samara.script.Finding;
import dev.samara.script.InvalidScriptsException;

/**
 * Thrown when a rollback cannot be done, before anything of it has run: a migration has
 * no way back, for example.
 *
 * @since 0.1.0
 */
public final class RollbackRefusedException extends InvalidScriptsException {

	RollbackRefusedException(List<Finding> findings) {
		super("rollback", findings);
	}

}
