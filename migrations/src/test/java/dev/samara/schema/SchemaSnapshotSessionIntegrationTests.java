package dev.samara.schema;

import java.sql.SQLException;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.dao.DataAccessException;

import dev.samara.postgres.DatabaseUnavailableException;
import dev.samara.postgres.PostgresConnection;
import dev.samara.testing.PostgresTest;
import dev.samara.testing.TestDatabase;
import dev.samara.testing.WireTap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Who takes a picture, in which session, does not show in it.
 */
@PostgresTest
class SchemaSnapshotSessionIntegrationTests {

	private final TestDatabase database;

	SchemaSnapshotSessionIntegrationTests(TestDatabase database) {
		this.database = database;
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			search_path                 | app, public
			search_path                 | pg_temp, app, pg_catalog
			TimeZone                    | America/New_York
			IntervalStyle               | iso_8601
			extra_float_digits          | -5
			bytea_output                | escape
			quote_all_identifiers       | on
			standard_conforming_strings | off
			""")
	void doesNotDependOnTheSettingsOfTheSessionAndKeepsThem(String name, String value) throws Exception {
		try (TestDatabase database = databaseWithSchema()) {
			database.execute("""
					CREATE TABLE app.typed (
						t timestamptz DEFAULT '2026-01-01 12:00+00'::timestamptz,
						i interval DEFAULT '1 day 02:00'::interval,
						f float8 DEFAULT '0.30000000000000004'::float8,
						b bytea DEFAULT '\\xff00'::bytea,
						s text DEFAULT E'back\\\\slash');
					""");
			SchemaSnapshot usual = SchemaSnapshot.read(database.dataSource());
			try (PostgresConnection session = PostgresConnection.open(database.dataSource())) {
				session.jdbc().queryForObject("SELECT set_config(?, ?, false)", String.class, name, value);
				String before = session.jdbc().queryForObject("SHOW " + name, String.class);

				SchemaSnapshot alone = SchemaSnapshot.read(session, List.of());
				session.send("BEGIN");
				SchemaSnapshot inTransaction = SchemaSnapshot.read(session, List.of());

				assertThat(difference(usual, alone)).isEmpty();
				assertThat(difference(usual, inTransaction)).isEmpty();
				assertThat(session.isTransactionOpen()).isTrue();
				assertThat(session.jdbc().queryForObject("SHOW " + name, String.class)).isEqualTo(before);
				session.send("COMMIT");
				assertThat(session.jdbc().queryForObject("SHOW " + name, String.class)).isEqualTo(before);
			}
		}
	}

	@Test
	void isTheSameForARoleThatOwnsNothing() throws Exception {
		try (TestDatabase database = databaseWithSchema()) {
			SchemaSnapshot owners = SchemaSnapshot.read(database.dataSource());
			String role = "nobody_" + database.name();
			database.asSuperuser().execute("REVOKE ALL ON SCHEMA app FROM PUBLIC; CREATE ROLE " + role);

			try (PostgresConnection session = PostgresConnection.open(database.asSuperuser().dataSource())) {
				session.send("SET ROLE " + role);

				assertThat(difference(owners, SchemaSnapshot.read(session, List.of()))).isEmpty();
				assertThatExceptionOfType(DataAccessException.class)
					.isThrownBy(() -> session.jdbc().execute("TABLE app.pet"));
			}
			finally {
				database.asSuperuser().execute("DROP ROLE " + role);
			}
		}
	}

	@Test
	void needsOneRoundTripForManyObjectsAndKeepsThemInLittleSpace() throws Exception {
		try (TestDatabase large = this.database.newDatabase(); WireTap tap = WireTap.on(large)) {
			large.execute("""
					DO $$ BEGIN FOR i IN 1..1000 LOOP
						EXECUTE format('CREATE TABLE thing_number_%s (
							id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL,
							at timestamptz DEFAULT now(), state text CHECK (state IN (''a'', ''b'')))', i);
						EXECUTE format('CREATE INDEX ON thing_number_%s (name)', i);
						COMMIT;
					END LOOP; END $$
					""");
			try (PostgresConnection session = PostgresConnection.open(tap.dataSource(large))) {
				tap.reset();

				SchemaSnapshot snapshot = SchemaSnapshot.read(session, List.of());

				assertThat(tap.roundTrips()).isOne();
				assertThat(snapshot.objects()).hasSizeGreaterThan(9000);
				assertThat(snapshot.toCompactText()).hasSizeLessThan(1_000_000);
			}
		}
	}

	@Test
	void leavesNoTransactionBehindWhenItFails() throws SQLException {
		try (PostgresConnection session = PostgresConnection.open(this.database.dataSource())) {
			session.send("SET statement_timeout = 1");

			assertThatExceptionOfType(DatabaseUnavailableException.class)
				.isThrownBy(() -> SchemaSnapshot.read(session, List.of()))
				.withMessageContaining("57014");

			assertThat(session.isTransactionOpen()).isFalse();
		}
	}

	private TestDatabase databaseWithSchema() {
		TestDatabase database = this.database.newDatabase();
		database.execute(SampleSchema.SQL);
		return database;
	}

	private static List<String> difference(SchemaSnapshot before, SchemaSnapshot after) {
		return SchemaDifference.between(before, after).lines();
	}

}
