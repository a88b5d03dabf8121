package dev.samara.sample.torture;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A migration file.
 *
 * @param key what the ledger calls it: a version, or the name and revision of a
 * repeatable one
 * @param file the file's name
 * @param mode how it runs
 * @param statements its statements, as Samara counts them
 */
record TortureScript(String key, String file, Mode mode, List<TortureStatement> statements) {

	static final Comparator<TortureScript> ORDER = Comparator
		.comparingInt((script) -> script.isVersioned() ? script.version() : Integer.MAX_VALUE);

	TortureScript {
		statements = List.copyOf(statements);
	}

	String text() {
		String text = this.statements.stream().map(TortureStatement::text).collect(Collectors.joining("\n", "", "\n"));
		return switch (this.mode) {
			case TRANSACTION, SEGMENTS -> text;
			case WRAPPED -> "BEGIN;\n" + text + "COMMIT;\n";
			case NONE -> "-- samara: transaction=none\n" + text;
		};
	}

	boolean isVersioned() {
		return this.file.startsWith("V");
	}

	int version() {
		return Integer.parseInt(this.key.substring(1));
	}

	boolean isAtomic() {
		return (this.mode == Mode.TRANSACTION || this.mode == Mode.WRAPPED)
				&& this.statements.stream().noneMatch((statement) -> statement.kind().isAlone());
	}

	boolean isBroken() {
		return this.statements.stream().anyMatch(TortureStatement::isBroken);
	}

	TortureScript repaired() {
		return new TortureScript(this.key, this.file, this.mode,
				this.statements.stream().map(TortureStatement::repaired).toList());
	}

	enum Mode {

		/** As it is: one transaction. */
		TRANSACTION,

		/** Within its own {@code BEGIN} and {@code COMMIT}: one transaction. */
		WRAPPED,

		/** With statements that cannot run in a transaction. */
		SEGMENTS,

		/** Each statement by itself, with transactions of its own. */
		NONE

	}

}
