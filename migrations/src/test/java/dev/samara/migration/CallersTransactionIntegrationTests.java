package dev.samara.migration;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionTemplate;

import dev.samara.postgres.DatabaseUnavailableException;
import dev.samara.testing.PostgresTest;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@PostgresTest
class CallersTransactionIntegrationTests extends AbstractScriptIntegrationTests {

	CallersTransactionIntegrationTests(TestDatabase server) {
		super(server);
	}

	@Test
	void doesNotCommitTheWorkOfTheCaller() {
		this.database.execute("CREATE TABLE work (n int)");
		this.scripts.add("V1__a.sql", "CREATE TABLE a ()");
		TransactionAwareDataSourceProxy dataSource = new TransactionAwareDataSourceProxy(this.database.dataSource());
		Migrator migrator = Migrator.builder(dataSource)
			.settings(MigrationSettings.builder()
				.onNonEmpty(OnNonEmpty.MIGRATE)
				.locations(this.scripts.location())
				.build())
			.build();

		new TransactionTemplate(new DataSourceTransactionManager(dataSource.getTargetDataSource()))
			.executeWithoutResult((status) -> {
				new JdbcTemplate(dataSource).update("INSERT INTO work VALUES (1)");
				assertThatExceptionOfType(DatabaseUnavailableException.class).isThrownBy(migrator::migrate)
					.withMessageContaining("a transaction of the caller is open");
				assertThatExceptionOfType(DatabaseUnavailableException.class).isThrownBy(migrator::status);
				new JdbcTemplate(dataSource).update("INSERT INTO work VALUES (2)");
				status.setRollbackOnly();
			});

		assertThat(this.database.value(Integer.class, "SELECT count(*) FROM work")).isZero();
		assertThat(migrator.migrate().applied()).hasSize(1);
	}

	@Test
	void migratesWithAPoolThatDoesNotCommitByItself() {
		this.scripts.add("V1__a.sql", "CREATE TABLE a ()");
		try (HikariDataSource pool = new HikariDataSource()) {
			pool.setJdbcUrl(this.database.url());
			pool.setUsername(this.database.username());
			pool.setPassword(this.database.password());
			pool.setAutoCommit(false);

			assertThat(Migrator.builder(pool)
				.settings(MigrationSettings.builder().locations(this.scripts.location()).build())
				.build()
				.migrate()
				.applied()).hasSize(1);
		}
	}

}
