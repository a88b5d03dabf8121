package dev.samara.execution;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import dev.samara.script.Directive;
import dev.samara.script.FilledScript;
import dev.samara.script.Place;
import dev.samara.script.Script;
import dev.samara.script.ScriptException;
import dev.samara.sql.SqlStatement;
import dev.samara.sql.TransactionUse;

/**
 * Decides which statements of a script share a transaction.
 * <ul>
 * <li>A script without transaction control of its own is one transaction, but for
 * statements that cannot run in one: those run alone, and the others form a transaction
 * before and after them.</li>
 * <li>A script that is wrapped in one {@code BEGIN … COMMIT} is one transaction,
 * too.</li>
 * <li>Any other transaction control needs {@code transaction=none}; then each statement
 * runs alone, and the script's own transactions hold.</li>
 * </ul>
 */
final class Segmentation {

	private final Script script;

	private final List<SqlStatement> statements;

	Segmentation(FilledScript source) {
		this.script = source.script();
		this.statements = source.statements();
		this.statements.forEach((statement) -> Refusals.check(this.script, statement));
	}

	List<Segment> segments() {
		if (isWithoutTransaction()) {
			return this.statements.isEmpty() ? List.of(Segment.transaction(List.of()))
					: this.statements.stream().map(Segment::alone).toList();
		}
		List<SqlStatement> control = this.statements.stream().filter(Segmentation::isControl).toList();
		return control.isEmpty() ? separated() : List.of(wrapped(control));
	}

	private boolean isWithoutTransaction() {
		Directive directive = this.script.directives().find("transaction").orElse(null);
		if (directive == null) {
			return false;
		}
		return switch (directive.value().toLowerCase(Locale.ROOT)) {
			case "none" -> true;
			case "auto" -> false;
			default -> throw new ScriptException("invalid-directive", directive.place(),
					"\"" + directive.value() + "\" is not a transaction mode",
					"Write transaction=auto (as if the line were not there) or transaction=none.");
		};
	}

	private static boolean isControl(SqlStatement statement) {
		return statement.transactionUse() != TransactionUse.ALLOWED
				&& statement.transactionUse() != TransactionUse.FORBIDDEN;
	}

	private List<Segment> separated() {
		List<Segment> segments = new ArrayList<>();
		List<SqlStatement> together = new ArrayList<>();
		for (SqlStatement statement : this.statements) {
			if (statement.transactionUse() == TransactionUse.ALLOWED) {
				together.add(statement);
				continue;
			}
			if (!together.isEmpty()) {
				segments.add(Segment.transaction(together));
				together.clear();
			}
			segments.add(Segment.alone(statement));
		}
		if (!together.isEmpty() || segments.isEmpty()) {
			segments.add(Segment.transaction(together));
		}
		return segments;
	}

	private Segment wrapped(List<SqlStatement> control) {
		SqlStatement first = this.statements.get(0);
		SqlStatement last = this.statements.get(this.statements.size() - 1);
		boolean isPair = control.size() == 2 && first.transactionUse() == TransactionUse.BEGINS
				&& last.transactionUse() == TransactionUse.COMMITS;
		if (!isPair) {
			SqlStatement offending = control.get(0);
			throw new ScriptException("transaction-control", place(offending),
					"The script controls transactions itself, and not by one BEGIN and COMMIT around everything",
					"Samara runs a script in one transaction: take BEGIN and COMMIT out, or split the file; or run it "
							+ "statement by statement with \"-- samara: transaction=none\" at its top.");
		}
		for (SqlStatement statement : this.statements) {
			if (statement.transactionUse() == TransactionUse.FORBIDDEN) {
				throw new ScriptException("transaction-control", place(statement),
						"The statement cannot run inside the script's own BEGIN and COMMIT",
						"Take BEGIN and COMMIT out of the file, or move the statement to a file of its own.");
			}
		}
		return new Segment(true, first, this.statements.subList(1, this.statements.size() - 1));
	}

	private Place place(SqlStatement statement) {
		return new Place(this.script.path(), statement.line(), statement.column());
	}

}
