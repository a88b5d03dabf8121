package dev.samara.testing;

import java.io.StringReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.jdbc.PreferQueryMode;

import static org.assertj.core.api.Assertions.assertThat;

@PostgresTest
class WireTapIntegrationTests {

	private final TestDatabase database;

	private final WireTap tap;

	WireTapIntegrationTests(TestDatabase database) {
		this.database = database;
		this.tap = WireTap.on(database);
	}

	@AfterEach
	void close() {
		this.tap.close();
	}

	@Test
	void countsNothingForALogin() throws Exception {
		try (Connection connection = this.tap.dataSource(this.database).getConnection()) {
			assertThat(connection.isReadOnly()).isFalse();
			assertThat(this.tap.connections()).isOne();
			assertThat(this.tap.roundTrips()).isZero();
			assertThat(this.tap.queries()).isEmpty();
			assertThat(this.tap.messages()).isEmpty();
		}
	}

	@Test
	void countsAnExtendedQueryAsOneRoundTrip() throws Exception {
		try (Connection connection = this.tap.dataSource(this.database).getConnection();
				Statement statement = connection.createStatement()) {
			statement.execute("SELECT 1");

			assertThat(this.tap.queries()).containsExactly("SELECT 1");
			assertThat(this.tap.roundTrips()).isOne();
			assertThat(this.tap.messages()).containsEntry('P', 1).containsEntry('S', 1).doesNotContainKey('Q');
		}
	}

	@Test
	void takesASimpleQueryAsItIs() throws Exception {
		PGSimpleDataSource dataSource = this.tap.dataSource(this.database);
		dataSource.setPreferQueryMode(PreferQueryMode.SIMPLE);
		try (Connection connection = dataSource.getConnection(); Statement statement = connection.createStatement()) {
			this.tap.reset();

			statement.execute("SELECT 1; SELECT 'ä'");

			assertThat(this.tap.queries()).containsExactly("SELECT 1; SELECT 'ä'");
			assertThat(this.tap.roundTrips()).isOne();
			assertThat(this.tap.messages()).containsOnlyKeys('Q');
		}
	}

	@Test
	void countsEveryExecutionOfAPreparedStatement() throws Exception {
		try (Connection connection = this.tap.dataSource(this.database).getConnection();
				PreparedStatement statement = connection.prepareStatement("SELECT ?::int")) {
			for (int i = 0; i < 10; i++) {
				statement.setInt(1, i);
				statement.execute();
			}

			assertThat(this.tap.queries()).hasSize(10).containsOnly("SELECT $1::int");
			assertThat(this.tap.roundTrips()).isEqualTo(10);
		}
	}

	@Test
	void countsABatchAsOneRoundTrip() throws Exception {
		this.database.execute("CREATE TABLE batch (id int)");
		try (Connection connection = this.tap.dataSource(this.database).getConnection();
				Statement statement = connection.createStatement()) {
			connection.setAutoCommit(false);
			for (int i = 0; i < 20; i++) {
				statement.addBatch("INSERT INTO batch VALUES (" + i + ")");
			}
			statement.executeBatch();

			assertThat(this.tap.queries()).hasSize(21).startsWith("BEGIN", "INSERT INTO batch VALUES (0)");
			assertThat(this.tap.roundTrips()).isOne();

			connection.commit();

			assertThat(this.tap.queries()).endsWith("COMMIT");
			assertThat(this.tap.roundTrips()).isEqualTo(2);
		}
	}

	@Test
	void countsACopyAsTwoRoundTrips() throws Exception {
		this.database.execute("CREATE TABLE copied (id int)");
		try (Connection connection = this.tap.dataSource(this.database).getConnection()) {
			connection.unwrap(PGConnection.class)
				.getCopyAPI()
				.copyIn("COPY copied FROM STDIN", new StringReader("1\n2\n".repeat(100_000)));

			assertThat(this.tap.queries()).containsExactly("COPY copied FROM STDIN");
			assertThat(this.tap.roundTrips()).isEqualTo(2);
		}
		assertThat(this.database.value(Integer.class, "SELECT count(*) FROM copied")).isEqualTo(200_000);
	}

	@Test
	void countsOverAllConnections() throws Exception {
		for (int i = 0; i < 3; i++) {
			try (Connection connection = this.tap.dataSource(this.database).getConnection();
					Statement statement = connection.createStatement()) {
				statement.execute("SELECT " + i);
			}
		}

		assertThat(this.tap.connections()).isEqualTo(3);
		assertThat(this.tap.queries()).containsExactly("SELECT 0", "SELECT 1", "SELECT 2");
	}

	@Test
	void makesEachRoundTripLonger() throws Exception {
		Duration delay = Duration.ofMillis(20);
		try (WireTap slow = WireTap.on(this.database, delay);
				Connection connection = slow.dataSource(this.database).getConnection();
				Statement statement = connection.createStatement()) {
			long start = System.nanoTime();
			statement.execute("SELECT 1");
			statement.execute("SELECT 2");

			assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(delay.multipliedBy(2));
		}
	}

}
