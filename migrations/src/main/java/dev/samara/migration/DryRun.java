package dev.samara.migration;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.samara.execution.ScriptFailedException;
import dev.samara.execution.ScriptTrial;
import dev.samara.execution.StatementResult;
import dev.samara.migration.DryRunReport.Failure;
import dev.samara.migration.DryRunReport.Tried;
import dev.samara.postgres.DatabaseUnavailableException;
import dev.samara.postgres.PostgresConnection;
import dev.samara.schema.SchemaDifference;
import dev.samara.schema.SchemaSnapshot;
import dev.samara.script.Finding;
import dev.samara.script.Place;
import dev.samara.sql.SqlStatement;
import dev.samara.sql.SqlTokens;

/**
 * Tries what is pending, under the lock, in one transaction that is rolled back.
 */
final class DryRun {

	private final MigrationPlanning planning;

	private final LockedSession session;

	private final List<Tried> tried = new ArrayList<>();

	private final List<Finding> warnings = new ArrayList<>();

	private @Nullable Failure failure;

	DryRun(MigrationPlanning planning, LockedSession session) {
		this.planning = planning;
		this.session = session;
	}

	DryRunReport run() {
		long start = System.nanoTime();
		HistorySnapshot snapshot = this.session.read();
		MigrationPlan plan = this.planning.plan(snapshot);
		MigrationPlanning.refuseErrors(plan);
		this.warnings.addAll(plan.warnings());
		PostgresConnection connection = this.session.connection();
		SchemaHistory schemas = new SchemaHistory(connection, this.session.history());
		SchemaDifference difference;
		try {
			connection.send("BEGIN");
			this.session.createSchema();
			SchemaSnapshot before = SchemaSnapshot.read(connection, schemas.own());
			tryAll(plan);
			difference = SchemaDifference.between(before, SchemaSnapshot.read(connection, schemas.own()));
		}
		catch (SQLException ex) {
			throw DatabaseUnavailableException.queryFailed("The dry run cannot begin", ex);
		}
		finally {
			rollBack(connection);
		}
		return new DryRunReport(plan.describe(), this.tried, this.failure, difference, this.warnings,
				Duration.ofNanos(System.nanoTime() - start));
	}

	private void tryAll(MigrationPlan plan) {
		ScriptTrial trial = this.session.trial();
		for (PlanStep step : plan.steps()) {
			if (!step.executable().isAtomic() || step.resumption().statementsDone() > 0) {
				this.warnings.add(notTried(step));
				continue;
			}
			noteWhatEscapes(step);
			try {
				long start = System.nanoTime();
				List<StatementResult> results = trial.run(step.executable());
				this.tried.add(new Tried(step.migration(), results, Duration.ofNanos(System.nanoTime() - start)));
			}
			catch (ScriptFailedException ex) {
				this.failure = new Failure(step.migration(), ex);
				return;
			}
		}
	}

	private static Finding notTried(PlanStep step) {
		return Finding.warning("not-tried",
				"Migration " + step.migration() + " was not tried: it cannot run in a transaction",
				"What comes after it was tried without it.", Place.of(step.migration().script().path()));
	}

	/** What a rollback does not take back, or what does not happen without a commit. */
	private void noteWhatEscapes(PlanStep step) {
		boolean movesSequences = false;
		boolean notifies = false;
		for (SqlStatement statement : step.migration().script().statements()) {
			SqlTokens tokens = statement.tokens();
			notifies |= tokens.isWord(0, "NOTIFY") || mentions(tokens, "pg_notify");
			movesSequences |= mentions(tokens, "nextval") || mentions(tokens, "setval") || tokens.isWord(0, "INSERT")
					|| tokens.isWord(0, "COPY");
		}
		Place place = Place.of(step.migration().script().path());
		if (movesSequences) {
			this.warnings.add(Finding.warning("sequences-moved",
					"Migration " + step.migration()
							+ " may have drawn numbers from sequences, which a rollback does not give back",
					"Nothing needs to be done; numbers are skipped.", place));
		}
		if (notifies) {
			this.warnings.add(Finding.warning("not-notified",
					"Migration " + step.migration() + " sends notifications, which go out only with a commit",
					"Nobody was notified.", place));
		}
	}

	private static boolean mentions(SqlTokens tokens, String word) {
		return tokens.all().stream().anyMatch((token) -> token.isWord(word));
	}

	private static void rollBack(PostgresConnection connection) {
		try {
			connection.rollbackIfOpen();
		}
		catch (SQLException ex) {
			throw DatabaseUnavailableException.queryFailed(
					"The dry run cannot be rolled back; the server does so when " + "the connection closes", ex);
		}
	}

}
