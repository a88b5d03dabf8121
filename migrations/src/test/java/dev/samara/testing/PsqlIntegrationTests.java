package dev.samara.testing;

import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

@PostgresTest
class PsqlIntegrationTests {

	private final TestDatabase database;

	private final Scripts scripts;

	PsqlIntegrationTests(TestDatabase database, @TempDir Path folder) {
		this.database = database;
		this.scripts = Scripts.in(folder);
	}

	@BeforeEach
	void needsPsql() {
		Psql.assumePresent();
	}

	@Test
	void runsAFileAsTheOwner() {
		this.scripts.add("a.sql", "CREATE TABLE a AS SELECT current_user AS maker, 'ä' AS text;");

		Psql.Result result = Psql.run(this.database, this.scripts.path("a.sql"));

		assertThat(result).isEqualTo(new Psql.Result(0, ""));
		assertThat(this.database.rows("SELECT maker, text FROM a")).singleElement()
			.hasToString("{maker=" + this.database.username() + ", text=ä}");
	}

	@Test
	void stopsAtTheFirstError() {
		this.scripts.add("b.sql", "CREATE TABLE b ();\nSELECT 1/0;\nCREATE TABLE after_b ();");

		Psql.Result result = Psql.run(this.database, this.scripts.path("b.sql"));

		assertThat(result.exitCode()).isEqualTo(3);
		assertThat(result.stderr()).contains("b.sql:2: ERROR:  division by zero");
		assertThat(exists("b")).isTrue();
		assertThat(exists("after_b")).isFalse();
	}

	@Test
	void leavesNothingOfAFailedTransaction() {
		this.scripts.add("c.sql", "CREATE TABLE c ();\nSELECT 1/0;");

		assertThat(Psql.runInOneTransaction(this.database, this.scripts.path("c.sql")).exitCode()).isEqualTo(3);

		assertThat(exists("c")).isFalse();
	}

	private boolean exists(String table) {
		return this.database.value(Boolean.class, "SELECT to_regclass(?) IS NOT NULL", table);
	}

}
