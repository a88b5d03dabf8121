package dev.samara.migration;

import java.sql.Connection;
import java.util.Objects;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;

import dev.samara.environment.Environment;

/**
 * What a {@link JavaMigration} works with, for a single call. All of it is one
 * connection, that of the run. Unless the migration is not transactional it is one
 * transaction, too, which Samara has begun and ends: {@code COMMIT} and {@code ROLLBACK}
 * make the migration fail. Not thread-safe.
 *
 * @since 0.1.0
 */
public final class MigrationContext {

	private static final Log logger = LogFactory.getLog(Migrator.class);

	private final JdbcTemplate jdbc;

	private final @Nullable Environment environment;

	private final CodeProgress progress;

	private long rows;

	MigrationContext(JdbcTemplate jdbc, @Nullable Environment environment, CodeProgress progress) {
		this.jdbc = jdbc;
		this.environment = environment;
		this.progress = progress;
	}

	/**
	 * Return the database.
	 * @return a template, which may be configured
	 */
	public JdbcTemplate jdbc() {
		return this.jdbc;
	}

	/**
	 * Return the database.
	 * @return a client
	 */
	public JdbcClient client() {
		return JdbcClient.create(this.jdbc);
	}

	/**
	 * Return the connection. In autocommit mode, also within the transaction, which is
	 * begun by SQL: so the driver reads results as a whole, whatever the fetch size.
	 * @return the connection; closing it does nothing
	 */
	public Connection connection() {
		return DataSourceUtils.getConnection(Objects.requireNonNull(this.jdbc.getDataSource()));
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

	/**
	 * Report how far the work is. The log tells it every five seconds at the most.
	 * @param done how much is done, in any unit
	 * @param total how much there is to do
	 */
	public void progress(long done, long total) {
		this.progress.report(done, total, System.nanoTime()).ifPresent(logger::info);
	}

	long rows() {
		return this.rows;
	}

}
