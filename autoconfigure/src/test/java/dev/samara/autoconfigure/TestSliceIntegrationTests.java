package dev.samara.autoconfigure;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.test.autoconfigure.AutoConfigureTestDatabase;
import org.springframework.boot.jdbc.test.autoconfigure.JdbcTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A test slice migrates and seeds as the application does. The scripts are in the default
 * locations of the test class path.
 */
@JdbcTest
@AutoConfigureTestDatabase(replace = AutoConfigureTestDatabase.Replace.NONE)
@ContextConfiguration(classes = BareApplication.class)
@ActiveProfiles("test")
@DirtiesContext
class TestSliceIntegrationTests {

	private static final TestDatabase database = TestDatabase.create("slice");

	@DynamicPropertySource
	static void useTheDatabase(DynamicPropertyRegistry registry) {
		registry.add("spring.datasource.url", database::url);
		registry.add("spring.datasource.username", database::username);
		registry.add("spring.datasource.password", database::password);
	}

	@AfterAll
	static void dropTheDatabase() throws Exception {
		database.close();
	}

	@Test
	void findsMigratedTablesAndSeededRows(@Autowired JdbcClient jdbc) {
		assertThat(jdbc.sql("SELECT name FROM plant ORDER BY name").query(String.class).list()).containsExactly("acer",
				"dev plant");
	}

}
