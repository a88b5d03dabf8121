package dev.samara.autoconfigure;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;

import dev.samara.autoconfigure.migration.MigrationAppliedEvent;
import dev.samara.autoconfigure.migration.MigrationFailedEvent;
import dev.samara.autoconfigure.migration.MigrationInitializer;
import dev.samara.autoconfigure.migration.MigrationRolledBackEvent;
import dev.samara.autoconfigure.migration.MigrationStrategy;
import dev.samara.autoconfigure.migration.SamaraMigrationAutoConfiguration;
import dev.samara.autoconfigure.seed.SamaraSeedAutoConfiguration;
import dev.samara.autoconfigure.seed.SeedAppliedEvent;
import dev.samara.migration.Migrator;
import dev.samara.migration.RollbackTarget;
import dev.samara.testing.PostgresTest;
import dev.samara.testing.Scripts;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchException;

/**
 * What listeners of an application are told, and when.
 */
@PostgresTest
class EventsIntegrationTests {

	private static final List<String> received = new CopyOnWriteArrayList<>();

	private Scripts scripts;

	private ApplicationContextRunner runner;

	@BeforeEach
	void migratesAndSeedsAnEmptyDatabase(TestDatabase shared, @TempDir Path migrations, @TempDir Path seeds) {
		received.clear();
		TestDatabase database = shared.newDatabase();
		this.scripts = Scripts.in(migrations)
			.add("V1__plant.sql", "CREATE TABLE plant (name text)")
			.add("V2__b.sql", "SELECT 1")
			.add("V2__b.down.sql", "SELECT 1");
		Scripts.in(seeds).add("common/001_plants.sql", "INSERT INTO plant VALUES ('acer')");
		this.runner = new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(DataSourceAutoConfiguration.class, JdbcTemplateAutoConfiguration.class,
							JdbcClientAutoConfiguration.class, SamaraAutoConfiguration.class,
							SamaraMigrationAutoConfiguration.class, SamaraSeedAutoConfiguration.class))
			.withUserConfiguration(Listeners.class)
			.withPropertyValues("spring.datasource.url=" + database.url(),
					"spring.datasource.username=" + database.username(),
					"spring.datasource.password=" + database.password(),
					"samara.migrations.locations=" + this.scripts.location(),
					"samara.seeds.locations=file:" + seeds.toAbsolutePath());
	}

	@Test
	void reachEveryListenerAfterAStart() {
		this.runner.run((context) -> assertThat(context).hasNotFailed());

		assertThat(received).containsExactlyInAnyOrder("method: applied 1, 1 plants", "method: applied 2, 1 plants",
				"listener: applied 1", "listener: applied 2", "method: seeded common/001_plants.sql");
		assertThat(received).containsSubsequence("method: applied 1, 1 plants", "method: applied 2, 1 plants",
				"method: seeded common/001_plants.sql");
	}

	@Test
	void reachThemWithLazyBeansToo() {
		this.runner
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.run((context) -> assertThat(context).hasNotFailed());

		assertThat(received).contains("method: applied 1, 1 plants", "listener: applied 1");
	}

	@Test
	void areSentAtOnceWhenTheApplicationRuns() {
		this.runner.run((context) -> {
			received.clear();
			this.scripts.add("V3__c.sql", "SELECT 1").add("V3__c.down.sql", "SELECT 1");
			Migrator migrator = context.getBean(Migrator.class);

			migrator.migrate();
			migrator.rollback(RollbackTarget.LAST);

			assertThat(received).containsExactlyInAnyOrder("method: applied 3, 1 plants", "listener: applied 3",
					"method: rolled back 3");
			this.scripts.add("V3__c.sql", "SELECT * FROM missing").remove("V3__c.down.sql");
			assertThat(catchException(migrator::migrate)).isNotNull();
			assertThat(received).contains("listener: failed MigrationFailedException",
					"method: failed MigrationFailedException");
		});
	}

	@Test
	void reachOnlyWhoListensAlreadyWhenTheStartFails() {
		this.scripts.add("V3__c.sql", "SELECT * FROM missing");

		this.runner.run((context) -> assertThat(context).hasFailed());

		assertThat(received).containsExactly("listener: applied 1", "listener: applied 2",
				"listener: failed MigrationFailedException");
	}

	@Test
	void doNotKeepTheApplicationFromStarting() {
		this.runner.withUserConfiguration(Failing.class).run((context) -> assertThat(context).hasNotFailed());

		assertThat(received).startsWith("failing")
			.contains("method: applied 1, 1 plants", "method: applied 2, 1 plants", "listener: applied 2");
	}

	@Test
	void tellEveryListenerOfAFailureAfterWhichTheStartGoesOn() {
		this.scripts.add("V3__c.sql", "SELECT * FROM missing");

		this.runner.withUserConfiguration(Lenient.class).run((context) -> assertThat(context).hasNotFailed());

		assertThat(received).containsOnlyOnce("method: failed MigrationFailedException",
				"listener: failed MigrationFailedException");
		assertThat(received).containsSubsequence("method: applied 2, 1 plants",
				"method: failed MigrationFailedException");
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void areNotKeptFromOthersByAListenerThatCannotBeThere(CapturedOutput output) {
		this.scripts.add("V3__c.sql", "SELECT * FROM missing");

		this.runner.withUserConfiguration(Dependent.class).run((context) -> assertThat(context).hasFailed());

		assertThat(received).containsExactly("listener: applied 1", "listener: applied 2",
				"listener: failed MigrationFailedException");
		assertThat(output)
			.contains("Bean dependent cannot be told of MigrationFailedEvent, as it cannot be created: it "
					+ "needs what is not there");
	}

	@Test
	void tellWhoIsStillThereWhenAnotherBeanKeepsTheApplicationFromStarting() {
		this.runner.withBean("broken", Object.class, () -> {
			throw new IllegalStateException();
		}, (bean) -> bean.setDependsOn(MigrationInitializer.BEAN_NAME))
			.withInitializer((context) -> context.addApplicationListener(new Applied()))
			.run((context) -> assertThat(context).hasFailed());

		assertThat(received).containsExactly("listener: applied 1", "listener: applied 2");
	}

	@Configuration(proxyBeanMethods = false)
	static class Listeners {

		@Bean
		Plants plants(JdbcClient jdbc) {
			return new Plants(jdbc);
		}

		@Bean
		ApplicationListener<MigrationAppliedEvent> applied() {
			return new Applied();
		}

		@Bean
		ApplicationListener<MigrationFailedEvent> failed() {
			return new Failed();
		}

	}

	/** Uses the database, so that it waits for the migrations. */
	record Plants(JdbcClient jdbc) {

		@EventListener
		void applied(MigrationAppliedEvent event) {
			int plants = this.jdbc.sql("SELECT count(*) FROM plant").query(Integer.class).single();
			received.add("method: applied " + event.getResult().migration().key() + ", " + plants + " plants");
		}

		@EventListener
		void rolledBack(MigrationRolledBackEvent event) {
			received.add("method: rolled back " + event.getResult().key());
		}

		@EventListener
		void failed(MigrationFailedEvent event) {
			received.add("method: failed " + event.getFailure().getClass().getSimpleName());
		}

		@EventListener
		void seeded(SeedAppliedEvent event) {
			received.add("method: seeded " + event.getResult().seed().name());
		}

	}

	static class Applied implements ApplicationListener<MigrationAppliedEvent> {

		@Override
		public void onApplicationEvent(MigrationAppliedEvent event) {
			received.add("listener: applied " + event.getResult().migration().key());
		}

	}

	static class Failed implements ApplicationListener<MigrationFailedEvent> {

		@Override
		public void onApplicationEvent(MigrationFailedEvent event) {
			received.add("listener: failed " + event.getFailure().getClass().getSimpleName());
		}

	}

	/** Starts with what is there. */
	@Configuration(proxyBeanMethods = false)
	static class Lenient {

		@Bean
		MigrationStrategy lenient() {
			return (migrator) -> assertThat(catchException(migrator::migrate)).isNotNull();
		}

	}

	/** Listens before the others, and cannot without the database. */
	@Configuration(proxyBeanMethods = false)
	static class Dependent {

		@Bean
		@Order(Ordered.HIGHEST_PRECEDENCE)
		ApplicationListener<MigrationFailedEvent> dependent(JdbcClient jdbc) {
			return new Failed();
		}

	}

	static class Failing {

		@EventListener
		@Order(Ordered.HIGHEST_PRECEDENCE)
		void applied(MigrationAppliedEvent event) {
			received.add("failing");
			throw new IllegalStateException("told of " + event.getResult().migration().key());
		}

	}

}
