package dev.samara.seed.data;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import org.springframework.dao.DataAccessException;

import dev.samara.postgres.PostgresConnection;
import dev.samara.postgres.ServerError;
import dev.samara.postgres.SqlStates;
import dev.samara.seed.data.LoadPlan.Reference;
import dev.samara.seed.data.LoadPlan.Staged;
import dev.samara.seed.data.LoadPlan.Value;
import dev.samara.seed.data.TargetTable.ForeignKey;

/**
 * Finds the row and the column of what the server refused.
 */
final class LoadErrors {

	private static final String NOT_NULL_VIOLATION = "23502";

	private static final String FOREIGN_KEY_VIOLATION = "23503";

	/**
	 * "COPY samara_seed_load, line 3, column samara_c2: …", in any language, up to the
	 * value.
	 */
	private static final Pattern ROW = Pattern.compile(LoadSql.STAGE + "\\D*(\\d+)([^\"«»„“‘:：]*)");

	private static final Pattern COLUMN = Pattern.compile("samara_c(\\d+)");

	private final DataFile file;

	private final LoadPlan plan;

	private final LoadSql sql;

	private final PostgresConnection connection;

	private @Nullable SQLException direct;

	LoadErrors(DataFile file, LoadPlan plan, LoadSql sql, PostgresConnection connection) {
		this.file = file;
		this.plan = plan;
		this.sql = sql;
		this.connection = connection;
	}

	/**
	 * Return whether an error is about the rows, so that looking closer helps.
	 */
	static boolean isAboutData(SQLException ex) {
		String sqlState = String.valueOf(ex.getSQLState());
		return sqlState.startsWith("22") || sqlState.startsWith("23");
	}

	/**
	 * Tell an error of which nothing more is known.
	 */
	static DataLoadException failed(DataFile file, SQLException ex) {
		ServerError error = ServerError.of(ex);
		return new DataLoadException(new DataProblem(file.path(), 0, error.toString(), remedy(file, error)), ex);
	}

	/**
	 * Tell an error of the copy into the temporary table.
	 */
	DataLoadException inRow(SQLException ex) {
		ServerErrorMessage server = message(ex);
		Matcher row = ROW.matcher((server != null && server.getWhere() != null) ? server.getWhere() : "");
		if (!isAboutData(ex) || !row.find()) {
			return failed(this.file, ex);
		}
		Matcher column = COLUMN.matcher(row.group(2));
		int index = column.find() ? Integer.parseInt(column.group(1)) : -1;
		Staged field = (index >= 0 && index < this.plan.fields().size()) ? this.plan.fields().get(index) : null;
		return at(Long.parseLong(row.group(1)), (field != null) ? List.of(field) : List.of(), ex);
	}

	private DataLoadException at(long number, List<Staged> fields, SQLException ex) {
		ServerError error = ServerError.of(ex);
		String columns = switch (fields.size()) {
			case 0 -> "";
			case 1 -> "column " + fields.get(0).field() + " (" + fields.get(0).column().type() + "): ";
			default -> "columns "
					+ fields.stream().map((field) -> field.field().toString()).collect(Collectors.joining(", ")) + ": ";
		};
		long line = (this.file.maker() == null)
				? DataRows.linesOf(this.file, this.plan, List.of(number)).getOrDefault(number, 0L)
				: fields.isEmpty() ? 0 : this.file.maker().lineOf(fields.get(0).field().column());
		return new DataLoadException(new DataProblem(this.file.path(), line, "row " + number + ", " + columns + error,
				remedy(this.file, error)), ex);
	}

	/**
	 * Remember what the server said of a copy straight into the table. It tells the row
	 * of everything it refuses, which an error of the merge does not.
	 */
	void ofDirectCopy(SQLException ex) {
		this.direct = ex;
	}

	private DataLoadException asDirectly(SQLException ex) {
		ServerErrorMessage server = (this.direct != null) ? message(this.direct) : null;
		if (server == null || server.getWhere() == null || !Objects.equals(server.getSQLState(), ex.getSQLState())) {
			return failed(this.file, ex);
		}
		Matcher row = Pattern
			.compile("^COPY " + Pattern.quote(this.plan.table().name()) + "\\D*(\\d+)", Pattern.MULTILINE)
			.matcher(server.getWhere());
		return row.find() ? at(Long.parseLong(row.group(1)), List.of(), ex) : failed(this.file, ex);
	}

	/**
	 * Tell an error of the merge. The temporary table is still there to look at.
	 */
	DataLoadException inMerge(SQLException ex) {
		ServerErrorMessage server = message(ex);
		try {
			this.connection.send("ROLLBACK TO SAVEPOINT samara_seed_load");
			if (NOT_NULL_VIOLATION.equals(ex.getSQLState()) && server != null
					&& this.plan.table().name().equals(server.getTable())) {
				for (Value value : this.plan.values()) {
					if (value.column().name().equals(server.getColumn())) {
						List<Long> row = numbers(this.sql.firstNull(value.staged().get(0)));
						return row.isEmpty() ? asDirectly(ex) : at(row.get(0), List.of(value.staged().get(0)), ex);
					}
				}
			}
			if (FOREIGN_KEY_VIOLATION.equals(ex.getSQLState()) && server != null) {
				for (ForeignKey key : this.plan.table().foreignKeys()) {
					if (key.name().equals(server.getConstraint())) {
						return dangling(key, ex);
					}
				}
			}
			ConstraintSearch.Found found = new ConstraintSearch(this.plan, this.sql, this.connection.jdbc()).find(ex);
			if (found != null) {
				return at(found.row(), found.fields(), ex);
			}
		}
		catch (SQLException | DataAccessException further) {
			ex.addSuppressed(further);
		}
		return asDirectly(ex);
	}

	/**
	 * Where the table refers to itself, other rows of the file count, and where a period
	 * is referred to, several rows together: the server does not tell which one failed.
	 */
	private DataLoadException dangling(ForeignKey key, SQLException ex) {
		List<Value> values = key.columns()
			.stream()
			.flatMap((column) -> this.plan.values()
				.stream()
				.filter((value) -> value.column().name().equals(column) && value.reference() == null))
			.toList();
		if (key.hasPeriod() || values.size() < key.columns().size() || key.table() == this.plan.table().oid()) {
			return failed(this.file, ex);
		}
		List<Long> row = numbers(this.sql.firstDangling(key, values) + " LIMIT 1");
		return row.isEmpty() ? failed(this.file, ex) : at(row.get(0), List.of(values.get(0).staged().get(0)), ex);
	}

	void unsoundKeys(Problems problems) {
		String key = String.valueOf(this.plan.key());
		List<long[]> pairs = pairs(this.sql.unsoundKeys());
		Map<Long, Long> lines = linesOf(pairs, 2);
		for (long[] pair : pairs) {
			long first = pair[0];
			long second = pair[1];
			if (second > 0 && this.file.maker() != null) {
				problems.add(this.file.maker().lineOf(this.plan.keyColumns().get(0)),
						"row " + second + " has the same key as row " + first + ", by " + key,
						"Make a column of the key that differs from row to row, such as a sequence.");
			}
			else if (second > 0) {
				problems.add(
						lines.getOrDefault(second, 0L), "row " + second + " has the same key as row " + first
								+ " at line " + lines.getOrDefault(first, 0L) + ", by " + key,
						"Take one of the two rows out.");
			}
			else {
				problems.add(lines.getOrDefault(first, 0L), "row " + first + " has no value in its key " + key,
						"Give it one.");
			}
		}
	}

	void brokenReferences(Value value, Reference reference, Problems problems) {
		String columns = value.staged().stream().map((key) -> key.column().name()).collect(Collectors.joining(", "));
		if (problems.isFull()) {
			return;
		}
		List<long[]> rows = pairs(this.sql.brokenReferences(value, reference));
		Map<Long, Long> lines = linesOf(rows, 1);
		for (long[] row : rows) {
			boolean isMissing = row[1] == 0;
			problems.add(lines.getOrDefault(row[0], 0L), "row " + row[0] + ", column " + value.column().name() + ": "
					+ (isMissing ? "no row of " : "several rows of ") + reference.table() + " found by " + columns,
					isMissing ? "Correct the reference, or load " + reference.table() + " before."
							: "Refer to " + reference.table() + " by columns that are unique.");
		}
	}

	/** The lines of all of them at once: to find one the file is read to it. */
	private Map<Long, Long> linesOf(List<long[]> rows, int columns) {
		return DataRows.linesOf(this.file, this.plan,
				rows.stream()
					.flatMap((row) -> Arrays.stream(row).limit(columns).boxed())
					.filter((number) -> number > 0)
					.collect(Collectors.toSet()));
	}

	private List<long[]> pairs(String sql) {
		return this.connection.jdbc().query(sql, (row, number) -> new long[] { row.getLong(1), row.getLong(2) });
	}

	private List<Long> numbers(String sql) {
		return this.connection.jdbc().queryForList(sql, Long.class);
	}

	private static @Nullable ServerErrorMessage message(SQLException ex) {
		return (ex instanceof PSQLException psql) ? psql.getServerErrorMessage() : null;
	}

	private static String remedy(DataFile file, ServerError error) {
		if (error.isLockConflict()) {
			return "Other sessions hold locks on the table. Start again when they are done.";
		}
		if (error.isConnectionLost()) {
			return "The connection to the server was lost. Start again when the server answers.";
		}
		if (SqlStates.QUERY_CANCELED.equals(error.sqlState())) {
			return "If it was the statement timeout, allow more; otherwise somebody has cancelled it: start again.";
		}
		if (SqlStates.INSUFFICIENT_PRIVILEGE.equals(error.sqlState())) {
			return "Grant the role that seeds what it lacks: it reads and writes the table, and makes temporary tables.";
		}
		return "Correct " + file.path() + " and start again.";
	}

}
