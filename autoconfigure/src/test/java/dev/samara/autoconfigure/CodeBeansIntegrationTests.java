package dev.samara.autoconfigure;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;

import dev.samara.autoconfigure.migration.MigrationInitializer;
import dev.samara.autoconfigure.migration.OnStartup;
import dev.samara.migration.JavaMigration;
import dev.samara.migration.MigrationContext;
import dev.samara.migration.MigrationListener;
import dev.samara.migration.Migrator;
import dev.samara.seed.SeedContext;
import dev.samara.seed.Seeder;
import dev.samara.testing.PostgresTest;
import dev.samara.testing.Scripts;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Beans that migrate and seed, and those that cannot, as they use the database in another
 * way.
 */
@PostgresTest
@ExtendWith(OutputCaptureExtension.class)
class CodeBeansIntegrationTests {

	private static final String TITLE = "APPLICATION FAILED TO START";

	private TestDatabase database;

	private Scripts scripts;

	@BeforeEach
	void startWithAnEmptyDatabase(TestDatabase shared, @TempDir Path folder) {
		this.database = shared.newDatabase();
		this.scripts = Scripts.in(folder)
			.add("migration/V1__plant.sql", "CREATE TABLE plant (name text UNIQUE);")
			.add("seed/common/001_plants.sql", "INSERT INTO plant VALUES ('acer');");
	}

	@Test
	void migrateByTheNamesOfTheirClassesAndMethods() {
		start(Migrations.class);

		assertThat(this.database.values(String.class,
				"SELECT version || ' ' || description || ' ' || script "
						+ "FROM samara_migrations WHERE kind = 'VERSIONED' ORDER BY id"))
			.hasSize(3)
			.endsWith("2 first plant " + V2__FirstPlant.class.getName(),
					"3 second plant " + Migrations.class.getName() + "#v3__second_plant");
		assertThat(this.database.values(String.class, "SELECT name FROM plant ORDER BY 1")).containsExactly("acer",
				"first of nursery", "second");
	}

	@Test
	void migrateIfAllBeansAreLazy() {
		start(Migrations.class, "spring.main.lazy-initialization=true");

		assertThat(this.database.values(Long.class, "SELECT count(*) FROM samara_migrations")).containsExactly(3L);
	}

	@Test
	void isNamedBehindAProxy() {
		start(Proxied.class);

		assertThat(this.database.values(String.class, "SELECT version || ' ' || script FROM samara_migrations"))
			.contains("4 " + V4__Proxied.class.getName());
	}

	@Test
	void leavesOtherCirclesAlone(CapturedOutput output) {
		startInVain(Circle.class);

		assertThat(output).contains(TITLE, "form a cycle");
	}

	@Test
	void cannotBeGivenWhatUsesTheDatabase(CapturedOutput output) {
		startInVain(GivenJdbcClient.class);

		assertThat(output).contains(TITLE,
				"Bean \"v2__names\" migrates the database, and depends on what waits for that:", "   v2__names",
				"   -> plants", "   -> jdbcClient", "Initializer, which waits for v2__names" + System.lineSeparator(),
				"use the database of the MigrationContext");
		assertThat(output).doesNotContain("form a cycle", "-> samaraMigrator");
	}

	@Test
	void isExplainedForAnInitializerOfTheApplicationToo(CapturedOutput output) {
		startInVain(OwnInitializer.class);

		assertThat(output).contains(TITLE,
				"Bean \"v2__names\" migrates the database, and depends on what waits for that:",
				"   -> ownInitializer, which waits for v2__names");
	}

	@Test
	void cannotUseWhatUsesTheDatabaseLater(CapturedOutput output) {
		startInVain(AskingForJdbcClient.class);

		assertThat(output).contains(TITLE, "Migration 2 (names) failed at ",
				"While it ran it has asked for a bean that waits for it:", "   jdbcClient",
				"   -> samaraMigrationInitializer, which waits for it", "use the database of its context");
	}

	@Test
	void seedAndListenWithoutThemEither(CapturedOutput output) {
		startInVain(SeederGivenJdbcClient.class);
		startInVain(ListenerGivenJdbcClient.class);

		assertThat(output).contains(TITLE, "Bean \"plantSeeder\" seeds the database, and depends on", "   plantSeeder",
				"   -> jdbcClient", "   -> samaraSeedInitializer, which waits for plantSeeder",
				"use the database of the SeedContext", "Bean \"listener\" listens to migrations",
				"Initializer, which waits for listener");
	}

	private void startInVain(Class<?> configuration, String... more) {
		assertThatException().isThrownBy(() -> start(configuration, more));
	}

	private void start(Class<?> configuration, String... more) {
		TestApplication
			.start(WebApplicationType.NONE, TestApplication.properties(this.database, this.scripts, more),
					configuration)
			.close();
	}

	@Configuration(proxyBeanMethods = false)
	@Import(GivenJdbcClient.class)
	static class OwnInitializer {

		@Bean
		MigrationInitializer ownInitializer(Migrator migrator) {
			return new MigrationInitializer(List.of(migrator), OnStartup.MIGRATE, Migrator::migrate);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Migrations {

		@Bean
		String owner() {
			return "nursery";
		}

		@Bean
		V2__FirstPlant firstPlant(String owner) {
			return new V2__FirstPlant(owner);
		}

		@Bean
		JavaMigration v3__second_plant() {
			return (context) -> context.jdbc().update("INSERT INTO plant VALUES ('second')");
		}

	}

	record V2__FirstPlant(String owner) implements JavaMigration {

		@Override
		public void up(MigrationContext context) {
			context.client().sql("INSERT INTO plant VALUES (?)").param("first of " + this.owner).update();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Proxied {

		@Bean
		JavaMigration proxied() {
			return (JavaMigration) new ProxyFactory(new V4__Proxied()).getProxy();
		}

	}

	static class V4__Proxied implements JavaMigration {

		@Override
		public void up(MigrationContext context) {
			context.addRows(1);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Circle {

		@Bean
		Integer one(Long two) {
			return two.intValue();
		}

		@Bean
		Long two(Integer one) {
			return one.longValue();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ListenerGivenJdbcClient {

		@Bean
		MigrationListener listener(JdbcClient client) {
			return new MigrationListener() {
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class GivenJdbcClient {

		@Bean
		Plants plants(JdbcClient client) {
			return new Plants(client);
		}

		@Bean
		JavaMigration v2__names(Plants plants) {
			return (context) -> plants.client().sql("SELECT 1").query();
		}

	}

	record Plants(JdbcClient client) {

	}

	@Configuration(proxyBeanMethods = false)
	static class AskingForJdbcClient {

		@Bean
		JavaMigration v2__names(ObjectProvider<JdbcClient> client) {
			return (context) -> client.getObject().sql("SELECT 1").query();
		}

		@Bean
		@Lazy
		Plants plants(JdbcClient client) {
			return new Plants(client);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class SeederGivenJdbcClient {

		@Bean
		Seeder plantSeeder(JdbcClient client) {
			return new Seeder() {

				@Override
				public String name() {
					return "002_more";
				}

				@Override
				public List<String> environments() {
					return List.of(COMMON);
				}

				@Override
				public void seed(SeedContext context) {
					client.sql("SELECT 1").query();
				}

			};
		}

	}

}
