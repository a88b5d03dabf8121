package dev.samara.autoconfigure.migration;

import java.nio.file.Path;
import java.util.Locale;

import javax.sql.DataSource;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

import dev.samara.autoconfigure.SamaraAutoConfiguration;
import dev.samara.testing.PostgresTest;
import dev.samara.testing.Scripts;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which database is migrated, and as whom.
 */
@PostgresTest
class MigrationDatabaseIntegrationTests {

	private TestDatabase database;

	private ApplicationContextRunner runner;

	@BeforeEach
	void migrateAnEmptyDatabase(TestDatabase shared, @TempDir Path folder) {
		this.database = shared.newDatabase();
		Scripts scripts = Scripts.in(folder)
			.add("V1__plant.sql", "CREATE TABLE plant (name text);")
			.add("V2__first_plant.sql", "INSERT INTO plant VALUES ('acer');");
		this.runner = new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class,
					JdbcTemplateAutoConfiguration.class, JdbcClientAutoConfiguration.class,
					SamaraAutoConfiguration.class, SamaraMigrationAutoConfiguration.class))
			.withPropertyValues("spring.datasource.url=" + this.database.url(),
					"spring.datasource.username=" + this.database.username(),
					"spring.datasource.password=" + this.database.password(),
					"samara.migrations.locations=" + scripts.location());
	}

	@Test
	void migratesWithTheMarkedDataSource() {
		TestDatabase other = this.database.newDatabase();
		this.runner.withBean(OtherDatabase.class, () -> new OtherDatabase(other))
			.withUserConfiguration(MarkedDataSource.class)
			.run((context) -> assertThat(context).hasNotFailed());

		assertThat(exists("plant")).isFalse();
		assertThat(other.values(String.class, "SELECT name FROM plant")).containsExactly("acer");
	}

	@Test
	void migratesWithAnotherUserThanTheApplication() throws Exception {
		String role = "app_" + this.database.name().toLowerCase(Locale.ROOT);
		try (Role app = Role.create(this.database.asSuperuser(), role)) {
			this.runner
				.withPropertyValues("spring.datasource.username=" + app.name(), "spring.datasource.password=app-secret",
						"samara.migrations.user=" + this.database.username(),
						"samara.migrations.password=" + this.database.password())
				.run((context) -> assertThat(context.getBean(JdbcClient.class)
					.sql("SELECT tableowner || ' ' || session_user FROM pg_tables WHERE tablename = 'plant'")
					.query(String.class)
					.single()).isEqualTo(this.database.username() + " " + app.name()));
		}
	}

	@Test
	void migratesWithAUrlOfItsOwn() {
		TestDatabase other = this.database.newDatabase();
		this.runner
			.withPropertyValues("samara.migrations.url=" + other.url(), "samara.migrations.user=" + other.username(),
					"samara.migrations.password=" + other.password())
			.run((context) -> assertThat(context).hasNotFailed());

		assertThat(exists("plant")).isFalse();
		assertThat(other.values(String.class, "SELECT name FROM plant")).containsExactly("acer");
	}

	@Test
	void migratesThroughALazyDataSource() {
		this.runner.withPropertyValues("spring.datasource.connection-fetch=lazy")
			.run((context) -> assertThat(context).hasNotFailed());

		assertThat(exists("plant")).isTrue();
	}

	private boolean exists(String table) {
		return this.database.value(Boolean.class, "SELECT to_regclass(?) IS NOT NULL", table);
	}

	@Configuration(proxyBeanMethods = false)
	static class MarkedDataSource {

		@Bean(defaultCandidate = false)
		@MigrationDataSource
		DataSource marked(OtherDatabase other) {
			return other.database().dataSource();
		}

	}

	/** Keeps the application from closing the database. */
	record OtherDatabase(TestDatabase database) {

	}

	record Role(TestDatabase superuser, String name) implements AutoCloseable {

		static Role create(TestDatabase superuser, String name) {
			superuser.execute("CREATE ROLE " + name + " LOGIN PASSWORD 'app-secret'");
			return new Role(superuser, name);
		}

		@Override
		public void close() {
			this.superuser.execute("DROP OWNED BY " + this.name, "DROP ROLE " + this.name);
		}

	}

}
