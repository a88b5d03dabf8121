package dev.samara.seed;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

import dev.samara.environment.Environment;

/**
 * What a {@link Seeder} works with, for a single call. All of it is one transaction,
 * which Samara has begun and ends: {@code COMMIT} and {@code ROLLBACK} make the seeder
 * fail. Not thread-safe.
 *
 * @since 0.1.0
 */
public final class SeedContext {

	private final JdbcTemplate jdbc;

	private final @Nullable Environment environment;

	private long rows;

	SeedContext(JdbcTemplate jdbc, @Nullable Environment environment) {
		this.jdbc = jdbc;
		this.environment = environment;
	}

	/**
	 * Return the database of the transaction.
	 * @return a template, which may be configured
	 */
	public JdbcTemplate jdbc() {
		return this.jdbc;
	}

	/**
	 * Return the database of the transaction.
	 * @return a client
	 */
	public JdbcClient client() {
		return JdbcClient.create(this.jdbc);
	}

	/**
	 * Return the connection of the transaction. In autocommit mode, as the transaction is
	 * begun by SQL: so the driver reads results as a whole, whatever the fetch size.
	 * @return the connection; closing it does nothing
	 * @throws SQLException if it is closed
	 */
	public Connection connection() throws SQLException {
		return Objects.requireNonNull(this.jdbc.getDataSource()).getConnection();
	}

	/**
	 * Return the environment in force.
	 * @return the environment, or {@code null} if there is none
	 */
	public @Nullable Environment environment() {
		return this.environment;
	}

	/**
	 * Report rows, for the log and the report of the run.
	 * @param rows number of rows that were changed since the last report
	 */
	public void addRows(long rows) {
		this.rows += rows;
	}

	long rows() {
		return this.rows;
	}

}
