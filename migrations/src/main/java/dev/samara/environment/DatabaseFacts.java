package dev.samara.environment;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;

import org.jspecify.annotations.Nullable;

import dev.samara.Internal;
import dev.samara.placeholder.BuiltIns;
import dev.samara.postgres.PostgresConnection;

/**
 * What a database knows for placeholders. It is read along with the history, so that it
 * costs no query of its own.
 *
 * @since 0.1.0
 */
@Internal
public final class DatabaseFacts {

	/** Columns of any query. */
	public static final String COLUMNS = "session_user AS samara_user, current_database() AS samara_database, "
			+ "current_schema() AS samara_schema, now() AS samara_now";

	private DatabaseFacts() {
	}

	/**
	 * Read the facts from a row.
	 * @param row a row with the columns
	 * @param schema the schema that is worked on, or {@code null} for the first one of
	 * the search path
	 * @return the facts
	 * @throws SQLException if the columns are not there
	 */
	public static BuiltIns of(ResultSet row, @Nullable String schema) throws SQLException {
		OffsetDateTime now = row.getObject("samara_now", OffsetDateTime.class);
		return BuiltIns.NONE.with(BuiltIns.Name.USER, row.getString("samara_user"))
			.with(BuiltIns.Name.DATABASE, row.getString("samara_database"))
			.with(BuiltIns.Name.SCHEMA, (schema != null) ? schema : row.getString("samara_schema"))
			.with(BuiltIns.Name.TIMESTAMP, now.toInstant().truncatedTo(ChronoUnit.SECONDS).toString());
	}

	/**
	 * Read the facts by a query of their own.
	 * @param connection the connection
	 * @param schema the schema that is worked on, or {@code null} for the first one of
	 * the search path
	 * @return the facts
	 */
	public static BuiltIns read(PostgresConnection connection, @Nullable String schema) {
		BuiltIns[] facts = { BuiltIns.NONE };
		connection.jdbc().query("SELECT " + COLUMNS, (row) -> {
			facts[0] = of(row, schema);
		});
		return facts[0];
	}

}
