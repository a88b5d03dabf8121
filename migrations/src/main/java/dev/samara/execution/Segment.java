package dev.samara.execution;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.samara.Internal;
import dev.samara.sql.SqlStatement;

/**
 * Neighbouring statements of a script that succeed or fail together: a transaction, or a
 * single statement that cannot be part of one.
 *
 * @param isTransaction whether the statements run in a transaction
 * @param begin the script's own {@code BEGIN}, whose modes the transaction is to have;
 * {@code null} if the script has none
 * @param statements the statements; just one if they run outside a transaction
 * @since 0.1.0
 */
@Internal
public record Segment(boolean isTransaction, @Nullable SqlStatement begin, List<SqlStatement> statements) {

	/**
	 * Create a segment.
	 */
	public Segment {
		statements = List.copyOf(statements);
	}

	static Segment transaction(List<SqlStatement> statements) {
		return new Segment(true, null, statements);
	}

	/**
	 * Return what is left of a transaction whose first statements an earlier run has done
	 * already, when they were in a segment of their own.
	 */
	Segment after(int done) {
		return new Segment(this.isTransaction, this.begin, this.statements.subList(done, this.statements.size()));
	}

	static Segment alone(SqlStatement statement) {
		return new Segment(false, null, List.of(statement));
	}

}
