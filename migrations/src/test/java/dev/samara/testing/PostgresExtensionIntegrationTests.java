package dev.samara.testing;

import java.sql.SQLException;
import java.util.List;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@PostgresTest
class PostgresExtensionIntegrationTests {

	private final TestDatabase database;

	PostgresExtensionIntegrationTests(TestDatabase database) {
		this.database = database;
	}

	@Test
	void givesTheSameDatabaseToConstructorAndMethods(TestDatabase database) {
		assertThat(database).isSameAs(this.database);
		assertThat(this.database.value(String.class, "SELECT current_database()")).isEqualTo(this.database.name());
		assertThat(this.database.serverVersion()).isGreaterThanOrEqualTo(13);
	}

	@Test
	void namesTheDatabaseAfterTheTestClass() {
		assertThat(this.database.name()).startsWith("postgresextensionintegrationtests_");
	}

	@Test
	void givesEverySessionATimeZoneOtherThanUtc() {
		assertThat(this.database.value(String.class, "SHOW timezone")).isEqualTo("Asia/Kathmandu");
		assertThat(this.database.asSuperuser().value(String.class, "SHOW timezone")).isEqualTo("Asia/Kathmandu");
		assertThat(this.database.value(String.class, """
				SELECT s.setconfig[1] FROM pg_db_role_setting s JOIN pg_database d ON d.oid = s.setdatabase
				WHERE d.datname = current_database()
				""")).isEqualToIgnoringCase("timezone=Asia/Kathmandu");
	}

	@Test
	void logsInAsTheOwnerAndOnRequestAsSuperuser() {
		String superuser = "SELECT rolsuper FROM pg_roles WHERE rolname = current_user";

		assertThat(this.database.asSuperuser().value(Boolean.class, superuser)).isTrue();
		assertThat(this.database.value(Boolean.class, superuser)).isFalse();
		assertThat(this.database.value(String.class, """
				SELECT datdba::regrole::text FROM pg_database WHERE datname = current_database()
				""")).isEqualTo(this.database.username());
	}

	@Test
	void dropsADatabaseThatIsStillInUse() throws Exception {
		TestDatabase further = this.database.newDatabase();
		HikariDataSource pool = further.hikari(2);
		further.connection();

		further.close();

		assertThat(pool.isClosed()).isTrue();
		assertThat(this.database.rows("SELECT 1 FROM pg_database WHERE datname = ?", further.name())).isEmpty();
		assertThatExceptionOfType(SQLException.class).isThrownBy(further::connection)
			.returns("3D000", SQLException::getSQLState);
	}

	@Test
	void givesPoolsOfTheSizeAskedFor() {
		HikariDataSource pool = this.database.hikari(3);

		assertThat(pool.getMaximumPoolSize()).isEqualTo(3);
		assertThat(new JdbcTemplate(pool).queryForObject("SELECT current_user", String.class))
			.isEqualTo(this.database.username());
	}

	@Test
	void allowsManyConnections() {
		assertThat(this.database.value(Integer.class, "SELECT current_setting('max_connections')::int"))
			.isGreaterThanOrEqualTo(100);
	}

	@Test
	void runsAndQueries() {
		this.database.execute("CREATE TABLE a (id int); INSERT INTO a VALUES (1)", "INSERT INTO a VALUES (2)");

		assertThat(this.database.values(Integer.class, "SELECT id FROM a WHERE id < ? ORDER BY id", 9))
			.isEqualTo(List.of(1, 2));
	}

	@Nested
	class InANestedClass {

		@Test
		void sharesTheDatabase(TestDatabase database) {
			assertThat(database).isSameAs(PostgresExtensionIntegrationTests.this.database);
		}

	}

}
