package dev.samara.migration;

import java.util.Optional;

import dev.samara.execution.ExecutableScript;
import dev.samara.execution.Segment;
import dev.samara.script.Finding;
import dev.samara.script.Place;
import dev.samara.sql.SqlStatement;

/**
 * What a script must be to run through a pooler in transaction mode: one transaction that
 * leaves nothing in its session.
 */
final class PoolerRule {

	private PoolerRule() {
	}

	/**
	 * Check what runs.
	 * @return an error if it needs a session of its own, as far as that can be known:
	 * what code leaves in its session nobody can read
	 */
	static Optional<Finding> check(MigrationWork work) {
		if (work instanceof MigrationWork.RunScript script) {
			return check(script.executable());
		}
		return work.isAtomic() ? Optional.empty()
				: Optional
					.of(needsOwnSession("The code runs outside a transaction, and a pooler in transaction mode gives "
							+ "no session to run it in", Place.of(work.path())));
	}

	/**
	 * Check a script.
	 * @return an error that names the first statement outside a transaction, or that
	 * outlives it
	 */
	private static Optional<Finding> check(ExecutableScript script) {
		String path = script.script().path();
		if (script.isAtomic()) {
			return script.firstThatOutlivesTransaction()
				.map((statement) -> needsOwnSession(
						"The statement leaves something in its session that outlives the "
								+ "transaction, and a pooler in transaction mode gives that session to others",
						place(path, statement)));
		}
		Place place = script.segments()
			.stream()
			.filter((segment) -> !segment.isTransaction())
			.findFirst()
			.map(Segment::statements)
			.map((statements) -> place(path, statements.get(0)))
			.orElse(Place.of(path));
		return Optional
			.of(needsOwnSession("The statement runs outside a transaction, and a pooler in transaction mode gives no "
					+ "session to run the rest of the script in", place));
	}

	private static Finding needsOwnSession(String problem, Place place) {
		return Finding.error("needs-own-session", problem,
				"Migrate past the pooler: samara.migrations.url with the address of the server itself.", place);
	}

	private static Place place(String path, SqlStatement statement) {
		return new Place(path, statement.line(), statement.column());
	}

}
