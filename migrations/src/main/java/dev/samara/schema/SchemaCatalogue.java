package dev.samara.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.StatementCallback;

import dev.samara.postgres.DatabaseUnavailableException;
import dev.samara.postgres.PostgresConnection;
import dev.samara.postgres.SqlLiteral;
import dev.samara.postgres.TableName;

/**
 * Reads the catalogue of PostgreSQL with one query, in one message together with the
 * settings that its answer depends on. In a transaction of somebody else a savepoint
 * brings these back.
 */
final class SchemaCatalogue {

	/** To be raised with every change of the query that changes what it says. */
	private static final int QUERY_VERSION = 2;

	private static final int ATTEMPTS = 20;

	private static final String QUERY = load("schema-snapshot.sql");

	/**
	 * First the patience with somebody who alters a table. Then what changes how the
	 * server writes names and values. Then what makes the query slow: just after a
	 * migration the catalogue has no statistics, so that the planner takes nested loops
	 * for cheap.
	 */
	private static final String SETTINGS = """
			SET LOCAL lock_timeout = '2s';
			SET LOCAL search_path = '';
			SET LOCAL TimeZone = 'UTC';
			SET LOCAL DateStyle = 'ISO, YMD';
			SET LOCAL IntervalStyle = 'postgres';
			SET LOCAL extra_float_digits = 1;
			SET LOCAL bytea_output = 'hex';
			SET LOCAL lc_monetary = 'C';
			SET LOCAL quote_all_identifiers = off;
			SET LOCAL standard_conforming_strings = on;
			SET LOCAL enable_nestloop = off;
			SET LOCAL enable_mergejoin = off;
			SET LOCAL enable_hashjoin = on;
			SET LOCAL max_parallel_workers_per_gather = 0;
			SET LOCAL jit = off;
			""";

	private static final String IN_OWN_TRANSACTION = "BEGIN READ ONLY;\n" + SETTINGS + "%s;\nCOMMIT";

	private static final String IN_OPEN_TRANSACTION = "SAVEPOINT samara_schema;\n" + SETTINGS
			+ "%s;\nROLLBACK TO SAVEPOINT samara_schema; RELEASE SAVEPOINT samara_schema";

	private final PostgresConnection connection;

	SchemaCatalogue(PostgresConnection connection) {
		this.connection = connection;
	}

	SchemaSnapshot read(Collection<TableName> leftOut) {
		boolean isOpen = this.connection.isTransactionOpen();
		String query = QUERY.replace(":left_out",
				array(leftOut, TableName::schema) + ", " + array(leftOut, TableName::name));
		String sql = (isOpen ? IN_OPEN_TRANSACTION : IN_OWN_TRANSACTION).replace("%s", query);
		for (int attempt = 1;; attempt++) {
			try {
				SchemaSnapshot snapshot = this.connection.jdbc()
					.execute((StatementCallback<SchemaSnapshot>) (statement) -> read(statement, sql));
				return Objects.requireNonNull(snapshot);
			}
			catch (DataAccessException ex) {
				if (!(ex.getCause() instanceof SQLException cause)) {
					throw ex;
				}
				DatabaseUnavailableException failure = failed(cause, isOpen);
				// "could not open relation with OID": dropped while it was being read.
				if (isOpen || attempt == ATTEMPTS || !"XX000".equals(cause.getSQLState())) {
					throw failure;
				}
			}
		}
	}

	private static SchemaSnapshot read(Statement statement, String sql) throws SQLException {
		statement.setEscapeProcessing(false);
		boolean isResult = statement.execute(sql);
		while (!isResult && statement.getUpdateCount() != -1) {
			isResult = statement.getMoreResults();
		}
		List<SchemaObject> objects = new ArrayList<>();
		try (ResultSet rows = statement.getResultSet()) {
			while (rows.next()) {
				// The server's functions say NULL of what somebody else has dropped
				// meanwhile, and so does what is put together with it.
				String identity = rows.getString(1);
				if (identity != null) {
					objects.add(SchemaObject.of(identity, Objects.requireNonNullElse(rows.getString(2), "")));
				}
			}
		}
		int server = statement.getConnection().getMetaData().getDatabaseMajorVersion();
		return SchemaSnapshot.of(QUERY_VERSION + "/" + server, objects);
	}

	private DatabaseUnavailableException failed(SQLException cause, boolean wasOpen) {
		DatabaseUnavailableException exception = DatabaseUnavailableException
			.queryFailed("The catalogue of the database cannot be read", cause);
		if (!wasOpen) {
			try {
				this.connection.rollbackIfOpen();
			}
			catch (SQLException ex) {
				exception.addSuppressed(ex);
			}
		}
		return exception;
	}

	private static String array(Collection<TableName> names, Function<TableName, @Nullable String> part) {
		return names.stream()
			.map((name) -> SqlLiteral.text(part.apply(name)))
			.collect(Collectors.joining(", ", "ARRAY[", "]::text[]"));
	}

	private static String load(String name) {
		try (InputStream in = SchemaCatalogue.class.getResourceAsStream(name)) {
			return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
