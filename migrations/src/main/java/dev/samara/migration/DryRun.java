package dev.samara.migration;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import dev.samara.execution.Companions;
import dev.samara.execution.ExecutableScript;
import dev.samara.execution.ScriptFailedException;
import dev.samara.execution.ScriptTrial;
import dev.samara.execution.StatementResult;
import dev.samara.migration.DryRunReport.Failure;
import dev.samara.migration.DryRunReport.Tried;
import dev.samara.migration.MigrationWork.RunScript;
import dev.samara.postgres.DatabaseUnavailableException;
import dev.samara.postgres.PostgresConnection;
import dev.samara.postgres.ServerError;
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

	private static final Log logger = LogFactory.getLog(Migrator.class);

	/** A new value of an enum is used before its commit. */
	private static final String NEEDS_COMMIT = "55P04";

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
		SchemaDifference difference;
		try {
			connection.send("BEGIN");
			this.session.createSchema();
			difference = tryAll(plan);
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

	private @Nullable SchemaDifference tryAll(MigrationPlan plan) {
		SchemaHistory schemas = new SchemaHistory(this.session.connection(), this.session.history());
		SchemaSnapshot before = picture(schemas);
		boolean hasSequences = before == null
				|| before.objects().keySet().stream().anyMatch((identity) -> identity.startsWith("sequence "));
		ScriptTrial trial = this.session.trial();
		CallbackTrial callbacks = new CallbackTrial(plan.callbacks(), trial, this.warnings);
		callBefore(callbacks);
		Companions companions = CallbackScripts.companions(plan.callbacks(), CallbackEvent.BEFORE_EACH_MIGRATE,
				CallbackEvent.AFTER_EACH_MIGRATE);
		for (PlanStep step : (this.failure != null) ? List.<PlanStep>of() : plan.steps()) {
			Finding reason = reasonNotToTry(step, hasSequences);
			if (reason != null) {
				this.warnings.add(reason);
				continue;
			}
			ExecutableScript script = ((RunScript) step.work()).executable();
			noteWhatEscapes(step, script);
			attempt(step, script, companions, trial);
			if (this.failure != null) {
				break;
			}
		}
		if (this.failure == null) {
			callbacks.after(CallbackEvent.AFTER_MIGRATE);
		}
		SchemaSnapshot after = (before != null) ? picture(schemas) : null;
		return (before != null && after != null) ? SchemaDifference.between(before, after) : null;
	}

	private void callBefore(CallbackTrial callbacks) {
		ScriptFailedException failed = callbacks.failure(CallbackEvent.BEFORE_VALIDATE);
		failed = (failed != null) ? failed : callbacks.failure(CallbackEvent.BEFORE_MIGRATE);
		if (failed != null) {
			this.failure = new Failure(null, List.of(), failed);
		}
	}

	private void attempt(PlanStep step, ExecutableScript script, Companions companions, ScriptTrial trial) {
		List<StatementResult> results = new ArrayList<>();
		try {
			long start = System.nanoTime();
			trial.run(script, companions, results);
			this.tried.add(new Tried(step.migration(), results, Duration.ofNanos(System.nanoTime() - start)));
		}
		catch (ScriptFailedException ex) {
			if (ex.getServerError().filter((error) -> NEEDS_COMMIT.equals(error.sqlState())).isPresent()) {
				this.warnings.add(notTried(step, "it uses what a migration before it adds, and that must be committed "
						+ "first, such as a value of an enum"));
			}
			else {
				this.failure = new Failure(step.migration(), results, ex);
			}
		}
	}

	/**
	 * What looks at views fails while somebody alters their tables; the trial does not.
	 */
	private @Nullable SchemaSnapshot picture(SchemaHistory schemas) {
		PostgresConnection connection = this.session.connection();
		try {
			connection.send("SAVEPOINT samara_picture");
			SchemaSnapshot picture = schemas.picture().orElse(null);
			connection.send("ROLLBACK TO SAVEPOINT samara_picture; RELEASE SAVEPOINT samara_picture");
			return picture;
		}
		catch (SQLException ex) {
			logger.warn("The schema could not be read: " + ServerError.of(ex));
			return null;
		}
	}

	private static @Nullable Finding reasonNotToTry(PlanStep step, boolean hasSequences) {
		if (step.resumption().statementsDone() > 0) {
			return notTried(step, "part of it is applied already");
		}
		if (!(step.work() instanceof RunScript work)) {
			return notTried(step, "it is code, of which nobody knows that a rollback takes back all it does");
		}
		if (!work.isAtomic()) {
			return notTried(step, "it cannot run in a transaction");
		}
		if (!ScriptTrial.isPossible(work.executable())) {
			return notTried(step, "it chooses how its transaction is, and this one is the dry run's");
		}
		boolean setsSequences = work.executable()
			.script()
			.statements()
			.stream()
			.anyMatch((statement) -> mentions(statement.tokens(), "setval"));
		return (setsSequences && hasSequences)
				? notTried(step, "it sets a sequence, which a rollback does not take back") : null;
	}

	private static Finding notTried(PlanStep step, String reason) {
		return Finding.warning("not-tried", "Migration " + step.migration() + " was not tried: " + reason,
				"What comes after it was tried without it.", Place.of(step.migration().path()));
	}

	/** What a rollback does not take back, or what does not happen without a commit. */
	private void noteWhatEscapes(PlanStep step, ExecutableScript script) {
		boolean movesSequences = false;
		boolean notifies = false;
		for (SqlStatement statement : script.script().statements()) {
			SqlTokens tokens = statement.tokens();
			notifies |= tokens.isWord(0, "NOTIFY") || mentions(tokens, "pg_notify");
			movesSequences |= mentions(tokens, "nextval") || tokens.isWord(0, "INSERT") || tokens.isWord(0, "COPY");
		}
		Place place = Place.of(step.migration().path());
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

	/** The server rolls back by itself when the connection is gone. */
	private static void rollBack(PostgresConnection connection) {
		try {
			connection.rollbackIfOpen();
		}
		catch (SQLException ex) {
			logger.warn("The dry run could not be rolled back; the server does so when the connection closes: "
					+ ServerError.of(ex));
		}
	}

}
