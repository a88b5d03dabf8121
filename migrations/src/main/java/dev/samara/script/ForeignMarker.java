package dev.samara.script;

import dev.samara.Internal;

/**
 * A comment that another migration tool reads as an instruction.
 *
 * @param kind what the tool does with it
 * @param tool the tool
 * @param text the comment as it is in the file, shortened if it is long
 * @param place its place in the file
 * @since 0.1.0
 */
@Internal
public record ForeignMarker(Kind kind, String tool, String text, Place place) {

	/**
	 * What a tool does with a marker.
	 */
	public enum Kind {

		/** Begins the part that applies the migration. */
		UP,

		/** Begins the part that rolls the migration back. */
		DOWN,

		/**
		 * A word such as "down" alone in its comment: it begins a part only if there are
		 * statements on both sides.
		 */
		PLAIN_DOWN,

		/** Begins or ends a statement, inside of a part. */
		STATEMENT,

		/** Lets the script run outside of a transaction. */
		NO_TRANSACTION,

		/** Switches placeholders on. */
		PLACEHOLDERS_ON,

		/** Switches placeholders off. */
		PLACEHOLDERS_OFF,

		/** Decides whether, or how, the script runs in a way that Samara has not. */
		OTHER

	}

	@Override
	public String toString() {
		return "\"" + this.text + "\"";
	}

}
