package dev.samara.execution;

import java.util.List;

import dev.samara.Internal;

/**
 * When what a script has done must be safe from a crash of the server.
 *
 * @since 0.1.0
 */
@Internal
public enum Durability {

	/** When its transaction commits, as the session is set. */
	AT_ONCE,

	/**
	 * When the next transaction is that is committed at once: until then a crash may lose
	 * it, but only together with its record, and with everything after it. PostgreSQL
	 * writes its log in order (documentation, "Asynchronous Commit").
	 */
	WITH_THE_NEXT;

	List<String> statements() {
		return (this == AT_ONCE) ? List.of() : List.of("SET LOCAL synchronous_commit = off");
	}

}
