package dev.samara.seed.data;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

import dev.samara.postgres.PostgresConnection;
import dev.samara.postgres.SqlLiteral;
import dev.samara.seed.data.LoadPlan.Value;

/**
 * One load of one file.
 */
final class Load {

	private static final int PACKET = 1 << 16;

	/**
	 * Room to hash in. With the usual 4 MB a million rows go to disk, and come back in an
	 * order in which the table is no longer read from front to back.
	 */
	private static final String WORK_MEMORY = """
			SELECT pg_catalog.set_config('work_mem', '%1$dkB', true)
			WHERE pg_catalog.pg_size_bytes(pg_catalog.current_setting('work_mem')) < %1$d * 1024::bigint
			""";

	private static final long MOST_WORK_MEMORY = 256 << 10;

	/**
	 * From here on it costs more to copy the rows once more than to wait for a row that
	 * somebody else has changed.
	 */
	private static final long MANY_ROWS = 10_000;

	private final DataFile file;

	private final LoadPlan plan;

	private final LoadSql sql;

	private final MergeSql mergeSql;

	private final PostgresConnection connection;

	private final JdbcTemplate jdbc;

	private final LoadProgress progress;

	private final Problems problems;

	private final Duration lockTimeout;

	private final LoadErrors errors;

	Load(DataFile file, LoadPlan plan, PostgresConnection connection, LoadProgress progress, Problems problems,
			Duration lockTimeout) {
		this.file = file;
		this.plan = plan;
		this.sql = new LoadSql(plan);
		this.mergeSql = new MergeSql(plan, this.sql);
		this.connection = connection;
		this.jdbc = connection.jdbc();
		this.progress = progress;
		this.problems = problems;
		this.lockTimeout = lockTimeout;
		this.errors = new LoadErrors(file, plan, this.sql, connection);
	}

	/**
	 * Load.
	 * @param reader the rows
	 * @param memory where to remember them, or {@code null}
	 */
	RowCounts run(RowReader reader, @Nullable SeededRows memory, String seed) throws IOException, SQLException {
		DataRows.bind(reader, this.plan);
		if (memory == null && canCopyDirectly()) {
			this.connection.send("SAVEPOINT samara_seed_load");
			try {
				long rows = copy(this.sql.copyToTable(), reader, new KeyOrder(-1));
				this.connection.send("RELEASE SAVEPOINT samara_seed_load");
				return new RowCounts(rows, 0, 0, 0);
			}
			catch (SQLException ex) {
				if (!LoadErrors.isAboutData(ex)) {
					throw ex;
				}
				this.errors.ofDirectCopy(ex);
				this.connection.send("ROLLBACK TO SAVEPOINT samara_seed_load");
			}
			try (RowReader again = DataRows.open(this.file, this.problems, this.progress::count)) {
				again.fields((name) -> DataRows.isJson(this.plan.table(), name));
				DataRows.bind(again, this.plan);
				return merge(again, null, seed);
			}
		}
		return merge(reader, memory, seed);
	}

	private boolean canCopyDirectly() {
		TargetTable table = this.plan.table();
		return !this.plan.hasReferences() && !table.guards().byPolicies()
				&& (this.plan.key() == null || isFalse("SELECT EXISTS (SELECT FROM " + table.quoted() + ")"));
	}

	private RowCounts merge(RowReader reader, @Nullable SeededRows memory, String seed)
			throws IOException, SQLException {
		this.progress.isToBeMerged();
		this.connection.send(this.sql.createStage());
		this.jdbc.query(WORK_MEMORY.formatted(Math.min(this.file.size() / 512 + 64, MOST_WORK_MEMORY)), (row) -> {
		});
		long rows;
		KeyOrder keys = new KeyOrder(this.plan.integerKey());
		try {
			rows = copy(this.sql.copyToStage(), reader, keys);
		}
		catch (SQLException ex) {
			throw this.errors.inRow(ex);
		}
		this.progress.merging(rows);
		if (rows > MANY_ROWS) {
			this.connection.send("SET LOCAL lock_timeout = " + this.lockTimeout.toMillis());
		}
		if (memory != null) {
			memory.create(this.connection);
		}
		GoneRows gone = (memory != null && this.plan.mode() == DataMode.REPLACE)
				? memory.gone(this.jdbc, seed, this.plan, this.sql) : null;
		check(gone, keys);
		String remember = (memory != null) ? memory.rememberSql(seed, this.plan) : "";
		this.connection.send("SAVEPOINT samara_seed_load");
		RowCounts counts = write(rows, (gone != null) ? gone.deletes() : Map.of(), remember);
		if (gone != null) {
			gone.forget();
		}
		this.connection.send("RELEASE SAVEPOINT samara_seed_load; DROP TABLE pg_temp." + LoadSql.STAGE);
		return counts;
	}

	private RowCounts write(long rows, Map<String, String> deletes, String remember) throws SQLException {
		if (rows > MANY_ROWS && this.plan.mayMeetConflicts() && !isFalse(this.mergeSql.changesMost(rows))) {
			try {
				return write(rows, this.mergeSql.merge(deletes, remember, true));
			}
			catch (DataAccessException ex) {
				if (!(ex.getCause() instanceof SQLException cause && LoadErrors.isAboutData(cause))) {
					throw ex;
				}
				// In the file's order a new row may come before the one that makes room
				// for it.
				this.connection.send("ROLLBACK TO SAVEPOINT samara_seed_load");
			}
		}
		try {
			return write(rows, this.mergeSql.merge(deletes, remember, false));
		}
		catch (DataAccessException ex) {
			if (ex.getCause() instanceof SQLException cause) {
				throw this.errors.inMerge(cause);
			}
			throw ex;
		}
	}

	private RowCounts write(long rows, String merge) {
		return Objects.requireNonNull(this.jdbc.queryForObject(merge, (row, number) -> new RowCounts(row.getLong(1),
				row.getLong(2), rows - row.getLong(1) - row.getLong(2), row.getLong(3))));
	}

	private long copy(String sql, RowReader reader, KeyOrder keys) throws IOException, SQLException {
		BaseConnection postgres = Objects.requireNonNull(
				this.jdbc.execute((ConnectionCallback<BaseConnection>) (raw) -> raw.unwrap(BaseConnection.class)));
		CopyIn copy = new CopyManager(postgres).copyIn(sql);
		try {
			CopyText rows = new CopyText();
			long count = 0;
			int begin = 0;
			while (!this.problems.isFull() && reader.next(rows)) {
				keys.accept(rows.buffer(), begin, rows.length());
				rows.endRow();
				begin = rows.length();
				count++;
				refuseUnstorable(rows, reader, count);
				if (rows.length() >= PACKET) {
					send(copy, rows);
					begin = 0;
					this.progress.loaded(count);
				}
			}
			this.problems.refuse();
			send(copy, rows);
			return copy.endCopy();
		}
		finally {
			if (copy.isActive()) {
				copy.cancelCopy();
			}
		}
	}

	private void refuseUnstorable(CopyText rows, RowReader reader, long number) {
		CopyText.Unstorable found = rows.takeUnstorable();
		if (found != null) {
			String column = this.plan.fields().get(found.field()).column().name();
			RowMaker maker = this.file.maker();
			this.problems.add((maker != null) ? maker.lineOf(column) : reader.line(),
					"row " + number + ", column " + column + ": the value contains " + found.character()
							+ ", which PostgreSQL cannot store",
					"Remove the character, or write bytes into a bytea column, as base64:… for example.");
		}
	}

	private void send(CopyIn copy, CopyText rows) throws SQLException {
		if (this.problems.isEmpty()) {
			copy.writeToCopy(rows.buffer(), 0, rows.length());
		}
		rows.clear();
	}

	private void check(@Nullable GoneRows gone, KeyOrder keys) {
		if (this.plan.key() != null && !keys.isAscending() && !isFalse(this.sql.hasUnsoundKeys())) {
			this.errors.unsoundKeys(this.problems);
		}
		for (Value value : this.plan.values()) {
			if (value.reference() != null && !isFalse(this.sql.hasBrokenReferences(value, value.reference()))) {
				this.errors.brokenReferences(value, value.reference(), this.problems);
			}
		}
		if (gone != null) {
			gone.check(this.plan, this.sql, this.problems);
		}
		this.problems.refuse();
	}

	private boolean isFalse(String sql) {
		return Boolean.FALSE.equals(this.jdbc.queryForObject(sql, Boolean.class));
	}

}
