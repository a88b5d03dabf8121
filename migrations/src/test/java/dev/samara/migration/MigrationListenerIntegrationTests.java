package dev.samara.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;

import dev.samara.lock.LeaseLostException;
import dev.samara.lock.LockMode;
import dev.samara.testing.PostgresTest;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What listeners are told of, and what their exceptions do.
 */
@PostgresTest
class MigrationListenerIntegrationTests extends AbstractScriptIntegrationTests {

	private final List<String> calls = new ArrayList<>();

	MigrationListenerIntegrationTests(TestDatabase server) {
		super(server);
	}

	@Test
	void areToldOfARunAndARollbackInOrder() {
		twoMigrations();
		Migrator migrator = migrator(listener("first", ""), listener("second", ""));

		migrator.migrate();
		migrator.migrate();
		migrator.rollback(RollbackTarget.LAST);
		migrator.rollback(RollbackTarget.toVersion("1"));

		assertThat(this.calls).containsExactly("first beforeMigrate", "second beforeMigrate",
				"first beforeEachMigrate 1", "second beforeEachMigrate 1", "first afterEachMigrate 1",
				"second afterEachMigrate 1", "first beforeEachMigrate 2", "second beforeEachMigrate 2",
				"first afterEachMigrate 2", "second afterEachMigrate 2", "first afterMigrate", "second afterMigrate",
				"first beforeRollback", "second beforeRollback", "first beforeEachRollback 2",
				"second beforeEachRollback 2", "first afterEachRollback 2", "second afterEachRollback 2",
				"first afterRollback", "second afterRollback");
	}

	@Test
	void stopARunBeforeItBegins() {
		twoMigrations();
		this.scripts.add("beforeMigrate.sql", "CREATE TABLE called ()");

		assertThatIllegalStateException()
			.isThrownBy(() -> migrator(listener("one", "beforeMigrate"), listener("two", "")).migrate())
			.withMessage("beforeMigrate");

		assertThat(this.calls).containsExactly("one beforeMigrate", "one error IllegalStateException",
				"two error IllegalStateException");
		assertThat(events()).isEmpty();
		assertThat(this.database.value(Boolean.class, "SELECT to_regclass('called') IS NULL")).isTrue();
	}

	@Test
	void stopARunBeforeAMigrationAndKeepThoseBeforeIt() {
		twoMigrations();

		assertThatIllegalStateException().isThrownBy(() -> migrator(listener("one", "beforeEachMigrate 2")).migrate());

		assertThat(this.calls).endsWith("one beforeEachMigrate 2", "one error IllegalStateException");
		assertThat(events()).containsExactly("1 APPLIED 1/1");
	}

	@Test
	void stopARollbackBeforeAMigration() {
		twoMigrations();
		migrate();

		assertThatIllegalStateException()
			.isThrownBy(() -> migrator(listener("one", "beforeEachRollback 1")).rollback(RollbackTarget.EVERYTHING));

		assertThat(this.calls).endsWith("one beforeEachRollback 1", "one error IllegalStateException");
		assertThat(events()).containsExactly("1 APPLIED 1/1", "2 APPLIED 1/1", "2 ROLLED_BACK 1/1");
	}

	@Test
	void changeNothingByFailingAfterwards() {
		twoMigrations();
		this.scripts.add("V3__c.sql", "SELECT * FROM missing");

		assertThatExceptionOfType(MigrationFailedException.class)
			.isThrownBy(() -> migrator(listener("one", "afterEachMigrate 1"), listener("two", "error")).migrate());

		assertThat(this.calls).contains("two afterEachMigrate 1", "two error MigrationFailedException");
		assertThat(events()).containsExactly("1 APPLIED 1/1", "2 APPLIED 1/1", "3 FAILED 0/1");
	}

	@Test
	void areToldOfALostLeaseAndNoCallbackIsCalled() {
		this.scripts.add("V1__a.sql", "SELECT 1")
			.add("V2__b.sql", "CREATE TABLE b ()")
			.add("afterMigrateError.sql", "CREATE TABLE called ()");
		MigrationListener loser = new MigrationListener() {

			@Override
			public void beforeEachMigrate(PlanStep step) {
				if ("2".equals(step.status().key().toString())) {
					MigrationListenerIntegrationTests.this.database.execute(
							"UPDATE samara_lock SET expires_at = now() - interval '1 s', heartbeat_at = now() - interval "
									+ "'1 h', token = token + 1");
				}
			}

		};

		assertThatExceptionOfType(LeaseLostException.class)
			.isThrownBy(() -> migrator(settings().lock(LockMode.LEASE).build(), loser, listener("one", "")).migrate());

		assertThat(this.calls).endsWith("one beforeEachMigrate 2", "one error LeaseLostException");
		assertThat(this.database.value(Boolean.class, "SELECT to_regclass('called') IS NULL")).isTrue();
		assertThat(this.database.value(Boolean.class, "SELECT to_regclass('b') IS NULL")).isTrue();
	}

	@Test
	void fencesCallbacksUnderALease() {
		this.scripts.add("V1__a.sql", "SELECT 1").add("beforeMigrate.sql", "CREATE TABLE called ()");
		MigrationListener loser = new MigrationListener() {

			@Override
			public void beforeMigrate(MigrationPlan plan) {
				MigrationListenerIntegrationTests.this.database
					.execute("UPDATE samara_lock SET expires_at = now() - interval '1 s', token = token + 1");
			}

		};

		assertThatExceptionOfType(LeaseLostException.class)
			.isThrownBy(() -> migrator(settings().lock(LockMode.LEASE).build(), loser).migrate());

		assertThat(this.database.value(Boolean.class, "SELECT to_regclass('called') IS NULL")).isTrue();
	}

	private void twoMigrations() {
		this.scripts.add("V1__a.sql", "SELECT 1")
			.add("V1__a.down.sql", "SELECT 1")
			.add("V2__b.sql", "SELECT 1")
			.add("V2__b.down.sql", "SELECT 1");
	}

	private Migrator migrator(MigrationListener... listeners) {
		return migrator(settings().build(), listeners);
	}

	private Migrator migrator(MigrationSettings settings, MigrationListener... listeners) {
		return Migrator.builder(this.database.dataSource()).settings(settings).listeners(List.of(listeners)).build();
	}

	private MigrationSettings.Builder settings() {
		return MigrationSettings.builder().locations(this.scripts.location());
	}

	private MigrationListener listener(String name, String fails) {
		return new Recorder((call) -> {
			this.calls.add(name + " " + call);
			if (!fails.isEmpty() && call.startsWith(fails)) {
				throw new IllegalStateException(call);
			}
		});
	}

	private record Recorder(Consumer<String> calls) implements MigrationListener {

		@Override
		public void beforeMigrate(MigrationPlan plan) {
			this.calls.accept("beforeMigrate");
		}

		@Override
		public void beforeEachMigrate(PlanStep step) {
			this.calls.accept("beforeEachMigrate " + step.status().key());
		}

		@Override
		public void afterEachMigrate(MigrationResult result) {
			this.calls.accept("afterEachMigrate " + result.migration().key());
		}

		@Override
		public void afterMigrate(MigrationReport report) {
			this.calls.accept("afterMigrate");
		}

		@Override
		public void afterMigrateError(RuntimeException failure) {
			this.calls.accept("error " + failure.getClass().getSimpleName());
		}

		@Override
		public void beforeRollback(RollbackPlan plan) {
			this.calls.accept("beforeRollback");
		}

		@Override
		public void beforeEachRollback(RollbackStep step) {
			this.calls.accept("beforeEachRollback " + step.status().key());
		}

		@Override
		public void afterEachRollback(RollbackResult result) {
			this.calls.accept("afterEachRollback " + result.key());
		}

		@Override
		public void afterRollback(RollbackReport report) {
			this.calls.accept("afterRollback");
		}

		@Override
		public void afterRollbackError(RuntimeException failure) {
			this.calls.accept("error " + failure.getClass().getSimpleName());
		}

	}

}
