package dev.samara.seed.data;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.dao.DataAccessException;

import dev.samara.Internal;
import dev.samara.postgres.PostgresConnection;
import dev.samara.postgres.TableName;
import dev.samara.script.Finding;

/**
 * Loads data files into their tables, in a transaction that the caller has begun and
 * ends. Keeps no rows: memory does not depend on the length of a file. Not thread-safe.
 * <ol>
 * <li>Read the columns of the file and of the table, and check the one against the
 * other.</li>
 * <li>If the table is empty, copy straight into it. A row it refuses undoes that, and the
 * way of all other loads is gone, which finds the place.</li>
 * <li>Otherwise copy into a temporary table with the same types, check keys and
 * references, and merge by one statement.</li>
 * <li>Move sequences on past the values of the file.</li>
 * </ol>
 *
 * @since 0.1.0
 */
@Internal
public final class DataLoader {

	static final String NO_TEXT = "The file holds bytes that are no text in its encoding";

	static final String OTHER_ENCODING = "Save it as UTF-8, or say which encoding it has: "
			+ "\"# samara: encoding=windows-1252\" at its top, or [encoding=windows-1252] behind its location.";

	private static final Log logger = LogFactory.getLog(DataLoader.class);

	private final PostgresConnection connection;

	private final SeededRows memory;

	private final Duration lockTimeout;

	private final Consumer<Finding> warnings;

	/**
	 * Create a loader.
	 * @param connection the connection, with a transaction open when {@link #load} is
	 * called
	 * @param memory the table that remembers which rows seeds have inserted; it is made
	 * when it is first needed
	 * @param lockTimeout longest wait for a lock of a merge that it would cost much to
	 * begin anew; zero means no limit
	 * @param warnings told of sequences that could not be moved
	 */
	public DataLoader(PostgresConnection connection, TableName memory, Duration lockTimeout,
			Consumer<Finding> warnings) {
		this.connection = connection;
		this.memory = new SeededRows(memory);
		this.lockTimeout = lockTimeout;
		this.warnings = warnings;
	}

	/**
	 * Load a file.
	 * @param file the file
	 * @param seed the seed it belongs to, by whose name rows are remembered
	 * @param remember whether to remember the rows that are inserted, as is always done
	 * when the file's mode needs it
	 * @return what was done
	 * @throws DataLoadException if the file does not fit the table, a value its column,
	 * or the server refuses something else; the transaction has failed then
	 */
	public RowCounts load(DataFile file, String seed, boolean remember) {
		try {
			return tryLoad(file, seed, remember);
		}
		catch (DataAccessException ex) {
			if (ex.getCause() instanceof SQLException cause) {
				throw LoadErrors.failed(file, cause);
			}
			throw ex;
		}
		catch (SQLException ex) {
			throw LoadErrors.failed(file, ex);
		}
		catch (CharacterCodingException ex) {
			throw new DataLoadException(new DataProblem(file.path(), 0, NO_TEXT, OTHER_ENCODING));
		}
		catch (IOException ex) {
			throw new DataLoadException(
					new DataProblem(file.path(), 0, "The file cannot be read (" + ex.getMessage() + ")",
							"Check that the file exists, that the application may read it, and that it is UTF-8."));
		}
	}

	private RowCounts tryLoad(DataFile given, String seed, boolean remember) throws IOException, SQLException {
		Problems problems = new Problems(given);
		TableCatalogue catalogue = new TableCatalogue(this.connection.jdbc());
		TargetTable table = table(given, catalogue);
		RowMaker maker = given.maker();
		DataFile file = (maker == null) ? given
				: given.with(new ReferencedKeys(table, catalogue, this.connection.jdbc()).ready(maker, problems));
		LoadProgress progress = new LoadProgress(file.path(), file.size(), (maker != null) ? maker.rows() : 0,
				System::nanoTime, logger::info);
		LoadPlan plan;
		try (progress; RowReader reader = DataRows.open(file, problems, progress::count)) {
			List<Field> fields = reader.fields((name) -> DataRows.isJson(table, name));
			plan = new LoadPlanner(file, table, catalogue::find, problems).plan(fields);
			if (plan.fields().isEmpty()) {
				return empty(file);
			}
			boolean remembers = plan.key() != null && (remember || file.mode() == DataMode.REPLACE
					|| this.memory.holdsAny(this.connection.jdbc(), seed));
			Load load = new Load(file, plan, this.connection, progress, problems, this.lockTimeout);
			RowCounts counts = load.run(reader, remembers ? this.memory : null, seed);
			new SequenceAdvance(this.connection.jdbc(), this.warnings).advance(plan);
			return counts;
		}
	}

	private static TargetTable table(DataFile file, TableCatalogue catalogue) {
		TargetTable table = catalogue.find(file.table());
		if (table == null) {
			throw new DataLoadException(new DataProblem(file.path(), 0, "There is no table " + file.table(), Nearest
				.question(file.table().toString(), catalogue.names())
					+ "Correct the file's name, or say \"samara: table=…\" at its top; a table is made by a migration."));
		}
		if (table.kind() != null) {
			throw new DataLoadException(new DataProblem(file.path(), 0,
					table + " is " + table.kind() + ", and rows are loaded only into tables",
					"Name the table, or write the seed in SQL."));
		}
		return table;
	}

	private static RowCounts empty(DataFile file) {
		if (file.mode() == DataMode.REPLACE) {
			throw new DataLoadException(new DataProblem(file.path(), 0,
					"The file has no rows, so that it names no columns, and its mode is replace",
					"To take all its rows out again, write it as CSV with its header line."));
		}
		return new RowCounts(0, 0, 0, 0);
	}

}
