package dev.samara.activity;

import dev.samara.Internal;
import dev.samara.postgres.PostgresConnection;

/**
 * Something an observer looks at again and again. Called from the observer's thread.
 *
 * @since 0.1.0
 */
@Internal
@FunctionalInterface
public interface Probe {

	/**
	 * Look once.
	 * @param connection the observer's connection, in autocommit mode
	 */
	void look(PostgresConnection connection);

}
