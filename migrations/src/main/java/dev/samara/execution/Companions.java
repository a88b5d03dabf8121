package dev.samara.execution;

import java.util.List;
import java.util.stream.Stream;

import dev.samara.Internal;

/**
 * Scripts that run with another one, or with code, as a part of it: in its transaction,
 * if it is one; otherwise before its first and after its last statement, each time in a
 * transaction of their own, the last ones in that which records it as done. They share
 * its session, so that what one of them sets holds for those after it. When one of them
 * fails, so does the script they run with.
 *
 * @param before what runs before it
 * @param after what runs after it
 * @since 0.1.0
 */
@Internal
public record Companions(List<ExecutableScript> before, List<ExecutableScript> after) {

	/** The script runs by itself. */
	public static final Companions NONE = new Companions(List.of(), List.of());

	/**
	 * Create companions. Each of them {@linkplain #isPossible(ExecutableScript) can be
	 * one}.
	 */
	public Companions {
		before = List.copyOf(before);
		after = List.copyOf(after);
	}

	/**
	 * Return whether a script can run in the transaction of another one.
	 * @param script the script
	 * @return whether it is one transaction, and does not choose how that one is
	 */
	public static boolean isPossible(ExecutableScript script) {
		return ScriptTrial.isPossible(script);
	}

	Companions onlyBefore() {
		return new Companions(this.before, List.of());
	}

	Companions onlyAfter() {
		return new Companions(List.of(), this.after);
	}

	Stream<ExecutableScript> all() {
		return Stream.concat(this.before.stream(), this.after.stream());
	}

}
