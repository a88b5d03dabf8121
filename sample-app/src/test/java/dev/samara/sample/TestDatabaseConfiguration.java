package dev.samara.sample;

import dev.samara.testing.TestDatabase;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * Gives each application context an empty database of its own and drops it with the
 * context.
 */
@TestConfiguration(proxyBeanMethods = false)
class TestDatabaseConfiguration {

	@Bean
	TestDatabase testDatabase() {
		return TestDatabase.create("nursery");
	}

	@Bean
	JdbcConnectionDetails testDatabaseConnectionDetails(TestDatabase database) {
		return new PostgresConnectionDetails(database.url(), database.username(), database.password());
	}

}
