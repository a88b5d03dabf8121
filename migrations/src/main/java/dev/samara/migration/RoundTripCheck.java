package dev.samara.migration;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.samara.execution.Companions;
import dev.samara.execution.Durability;
import dev.samara.execution.ExecutionFailedException;
import dev.samara.execution.Resumption;
import dev.samara.execution.ScriptTrial;
import dev.samara.migration.RoundTripReport.Result;
import dev.samara.migration.RoundTripReport.RoundTrip;
import dev.samara.postgres.DatabaseUnavailableException;
import dev.samara.postgres.PostgresConnection;
import dev.samara.schema.SchemaDifference;
import dev.samara.schema.SchemaSnapshot;
import dev.samara.script.Finding;
import dev.samara.script.ScriptException;

/**
 * Takes each migration up, down and up again, on a database to throw away, and compares
 * the schema at each turn. Where both scripts are transactions, the way down and the
 * second way up are tried in one that is rolled back, so that a faulty down script spoils
 * nothing for the migrations after it. A repeatable migration without a way back is only
 * applied, for those that need it.
 */
final class RoundTripCheck {

	private final LockedSession session;

	private final MigrationExecutor executor;

	private final ScriptTrial trial;

	private final PostgresConnection connection;

	private final CallbackScripts callbacks;

	private final Companions withUp;

	private final Companions withDown;

	RoundTripCheck(LockedSession session, List<Callback> callbacks) {
		this.session = session;
		this.callbacks = new CallbackScripts(callbacks, session);
		this.withUp = this.callbacks.around(CallbackEvent.BEFORE_EACH_MIGRATE, CallbackEvent.AFTER_EACH_MIGRATE);
		this.withDown = this.callbacks.around(CallbackEvent.BEFORE_EACH_ROLLBACK, CallbackEvent.AFTER_EACH_ROLLBACK);
		this.executor = session.executor();
		this.trial = session.trial();
		this.connection = session.connection();
	}

	/**
	 * Refuse to begin with errors, or on a database that holds something: down scripts
	 * drop it.
	 * @throws MigrationValidationException if so
	 */
	static void refuseErrors(MigrationPlan plan, CallbackPlanning callbacks, PostgresConnection connection,
			HistorySnapshot history) {
		Set<Finding> errors = new LinkedHashSet<>(plan.errors());
		errors.addAll(callbacks.findings());
		refuseUsedDatabase(connection, history).ifPresent(errors::add);
		if (!errors.isEmpty()) {
			throw new MigrationValidationException(List.copyOf(errors));
		}
	}

	private static Optional<Finding> refuseUsedDatabase(PostgresConnection connection, HistorySnapshot history) {
		List<String> tables = connection.jdbc().queryForList("""
				SELECT c.oid::regclass::text FROM pg_catalog.pg_class c
				WHERE c.relkind IN ('r', 'p', 'm', 'f') AND c.oid >= 16384
					AND c.relnamespace::regnamespace::text !~ '^(pg_|information_schema)'
					AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.classid = 'pg_catalog.pg_class'::regclass
						AND d.objid = c.oid AND d.deptype = 'e')
				ORDER BY 1 LIMIT 4
				""", String.class);
		if (history.entries().isEmpty() && tables.isEmpty()) {
			return Optional.empty();
		}
		String what = !history.entries().isEmpty() ? "has a history of migrations" : "holds tables: "
				+ String.join(", ", tables.subList(0, Math.min(tables.size(), 3))) + ((tables.size() > 3) ? " …" : "");
		return Optional.of(Finding.error("not-empty", "The database is not empty: it " + what,
				"Check round trips on an empty database, one to throw away: the down scripts really run.", null));
	}

	/**
	 * Check the migrations of a plan, in its order.
	 * @param plan everything there is for the environment
	 * @throws ExecutionFailedException if a migration cannot be applied for the first
	 * time
	 * @throws MigrationValidationException if one cannot run through the pooler that is
	 * in between
	 */
	RoundTripReport run(MigrationPlan plan) {
		List<Migration> migrations = plan.steps().stream().map(PlanStep::migration).toList();
		List<Finding> refusals = this.session.refusals(migrations.stream().flatMap(RoundTripCheck::works));
		if (!refusals.isEmpty()) {
			throw new MigrationValidationException(refusals);
		}
		this.session.createSchema();
		this.callbacks.before(CallbackEvent.BEFORE_MIGRATE, "No migration was tried.");
		List<RoundTrip> results = new ArrayList<>();
		boolean isLost = false;
		for (Migration migration : migrations) {
			RoundTrip result = isLost ? RoundTrip.of(migration, Result.NOT_TRIED) : check(migration);
			isLost = isLost || isLostAfter(result);
			if (migration.isVersioned() || migration.hasDown()) {
				results.add(result);
			}
		}
		return new RoundTripReport(results);
	}

	private static Stream<MigrationWork> works(Migration migration) {
		return Stream.concat(Stream.of(MigrationWork.up(migration)), MigrationWork.down(migration).stream());
	}

	private static boolean isLostAfter(RoundTrip result) {
		Migration migration = result.migration();
		boolean isFailure = result.result() == Result.DOWN_FAILS || result.result() == Result.UP_AGAIN_FAILS;
		return isFailure && !works(migration).allMatch(RoundTripCheck::canBeTried);
	}

	private RoundTrip check(Migration migration) {
		MigrationWork up = MigrationWork.up(migration);
		if (!migration.hasDown()) {
			apply(up, this.withUp);
			return RoundTrip.of(migration, Result.NO_DOWN_SCRIPT);
		}
		SchemaSnapshot before = picture();
		apply(up, this.withUp);
		SchemaSnapshot after = picture();
		try {
			MigrationWork down = MigrationWork.down(migration).orElseThrow();
			return (canBeTried(up) && canBeTried(down)) ? inTransaction(migration, up, down, before, after)
					: forReal(migration, up, down, before, after);
		}
		catch (ScriptException ex) {
			return new RoundTrip(migration, Result.DOWN_FAILS, null, ex.getMessage());
		}
	}

	/** Code is run for real: only a commit tells that it has kept to its transaction. */
	private static boolean canBeTried(MigrationWork work) {
		return work instanceof MigrationWork.RunScript script && ScriptTrial.isPossible(script.executable());
	}

	private void attempt(MigrationWork work, Companions companions) {
		this.trial.run(((MigrationWork.RunScript) work).executable(), companions, new ArrayList<>());
	}

	private RoundTrip inTransaction(Migration migration, MigrationWork up, MigrationWork down, SchemaSnapshot before,
			SchemaSnapshot after) {
		try {
			this.connection.send("BEGIN");
			return thereAndBack(migration, () -> attempt(down, this.withDown), () -> attempt(up, this.withUp), before,
					after);
		}
		catch (SQLException ex) {
			throw DatabaseUnavailableException.queryFailed("The round trip cannot begin", ex);
		}
		finally {
			rollBack();
		}
	}

	private RoundTrip forReal(Migration migration, MigrationWork up, MigrationWork down, SchemaSnapshot before,
			SchemaSnapshot after) {
		return thereAndBack(migration, () -> apply(down, this.withDown), () -> apply(up, this.withUp), before, after);
	}

	private RoundTrip thereAndBack(Migration migration, Runnable down, Runnable up, SchemaSnapshot before,
			SchemaSnapshot after) {
		String error = failure(down);
		if (error != null) {
			return new RoundTrip(migration, Result.DOWN_FAILS, null, error);
		}
		SchemaDifference difference = SchemaDifference.between(before, picture());
		error = failure(up);
		if (error != null) {
			return new RoundTrip(migration, Result.UP_AGAIN_FAILS, difference.isEmpty() ? null : difference, error);
		}
		if (!difference.isEmpty() && !difference.isOnlyColumnOrder()) {
			return new RoundTrip(migration, Result.DIFFERS, difference, null);
		}
		SchemaDifference again = SchemaDifference.between(after, picture());
		if (!again.isEmpty() && !again.isOnlyColumnOrder()) {
			return new RoundTrip(migration, Result.DIFFERS_AGAIN, again, null);
		}
		return difference.isEmpty() ? RoundTrip.of(migration, Result.RESTORES)
				: new RoundTrip(migration, Result.RESTORES_IN_OTHER_ORDER, difference, null);
	}

	private static @Nullable String failure(Runnable way) {
		try {
			way.run();
			return null;
		}
		catch (ExecutionFailedException ex) {
			return ex.description();
		}
	}

	private void apply(MigrationWork work, Companions companions) {
		this.executor.execute(work, companions, Resumption.NONE, this.session.unrecorded(), Durability.WITH_THE_NEXT);
	}

	private SchemaSnapshot picture() {
		return SchemaSnapshot.read(this.connection, new SchemaHistory(this.connection, this.session.history()).own());
	}

	private void rollBack() {
		try {
			this.connection.rollbackIfOpen();
		}
		catch (SQLException ex) {
			throw DatabaseUnavailableException.queryFailed("The round trip cannot be rolled back", ex);
		}
	}

}
