package dev.samara.seed.check;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

import dev.samara.Internal;
import dev.samara.postgres.PostgresConnection;
import dev.samara.postgres.ServerError;
import dev.samara.postgres.SqlLiteral;
import dev.samara.seed.data.QualifiedName;

/**
 * Runs checks, each in a transaction of its own that can only read and is rolled back. A
 * check that cannot run has failed; the others run nevertheless.
 *
 * @since 0.1.0
 */
@Internal
public final class DataChecks {

	private static final String KEY = "samara.seeds.checks.";

	/**
	 * After its first query a transaction can no longer be made to write; and a text ends
	 * where Samara and the driver think that it does.
	 */
	private static final String STAY_READ_ONLY = "; SET LOCAL standard_conforming_strings = on; SELECT 1";

	private static final Pattern ROWS = Pattern.compile("(?<table>[^=<>]+?)\\s*(?<rows>(?:=|>=|<=)\\s*\\d+)");

	private final PostgresConnection connection;

	private final @Nullable String schema;

	private final CheckSettings settings;

	private final List<CheckResult> results = new ArrayList<>();

	/**
	 * Create checks.
	 * @param connection the connection, outside a transaction
	 * @param schema the schema names are looked up in first, or {@code null} for the
	 * search path of the session
	 * @param settings what is checked beside files
	 */
	public DataChecks(PostgresConnection connection, @Nullable String schema, CheckSettings settings) {
		this.connection = connection;
		this.schema = schema;
		this.settings = settings;
	}

	/**
	 * Run the checks.
	 * @param files the queries of files
	 * @return what they have come to
	 */
	public CheckReport run(List<CheckQuery> files) {
		long start = System.nanoTime();
		files.forEach(this::run);
		new TreeMap<>(this.settings.queries()).forEach((name, sql) -> run(KEY + "queries." + name, sql));
		this.settings.rows().forEach(this::countRows);
		if (this.settings.foreignKeys()) {
			checkForeignKeys();
		}
		return new CheckReport(this.results, Duration.ofNanos(System.nanoTime() - start));
	}

	private void run(String name, String sql) {
		CheckQuery.configured(name, sql)
			.ifPresentOrElse(this::run, () -> this.results.add(new CheckResult(name, false,
					"This is not a single query; write one SELECT that returns the rows that are wrong")));
	}

	private void run(CheckQuery query) {
		inTransaction(query.name(), () -> OffendingRows.check(this.connection, query));
	}

	private void countRows(String text) {
		String name = KEY + "rows (" + text + ")";
		Matcher matcher = ROWS.matcher(text.strip());
		QualifiedName table = matcher.matches() ? QualifiedName.parse(matcher.group("table")) : null;
		if (table == null) {
			this.results.add(new CheckResult(name, false,
					"This is not a table and its number of rows; write species = 12, or shop.customer >= 12"));
			return;
		}
		Expectation expected = Expectation.parse(matcher.group("rows")).orElseThrow();
		String sql = "SELECT count(*) FROM " + table.quoted();
		inTransaction(name, () -> {
			Long count = this.connection.jdbc().queryForObject(sql, Long.class);
			return OffendingRows.counted(name, expected, (count != null) ? count : 0);
		});
	}

	private void checkForeignKeys() {
		List<CheckQuery> queries = new ArrayList<>();
		inTransaction(KEY + "foreign-keys", () -> {
			queries.addAll(ForeignKeyChecks.queries(this.connection.jdbc()));
			return new CheckResult(KEY + "foreign-keys", true, queries.size() + " foreign keys found");
		});
		queries.forEach(this::run);
	}

	private void inTransaction(String name, Check check) {
		try {
			this.connection.send("BEGIN READ ONLY; SET LOCAL statement_timeout = " + this.settings.timeout().toMillis()
					+ "; SET LOCAL lock_timeout = " + this.settings.timeout().toMillis() + STAY_READ_ONLY
					+ searchPath());
			this.results.add(check.run());
		}
		catch (SQLException ex) {
			this.results.add(failed(name, ex));
		}
		catch (DataAccessException ex) {
			if (!(ex.getCause() instanceof SQLException cause)) {
				throw ex;
			}
			this.results.add(failed(name, cause));
		}
		finally {
			rollBack();
		}
	}

	private String searchPath() {
		return (this.schema == null) ? ""
				: "; SELECT pg_catalog.set_config('search_path', " + SqlLiteral.text(SqlLiteral.name(this.schema))
						+ " || coalesce(', ' || nullif(pg_catalog.current_setting('search_path'), ''), ''), true)";
	}

	private static CheckResult failed(String name, SQLException ex) {
		return new CheckResult(name, false, "The check cannot run: " + ServerError.of(ex));
	}

	private void rollBack() {
		try {
			this.connection.rollbackIfOpen();
		}
		catch (SQLException ex) {
			this.results.add(failed("ROLLBACK", ex));
		}
	}

	/**
	 * A check in its transaction.
	 */
	private interface Check {

		CheckResult run() throws SQLException;

	}

}
