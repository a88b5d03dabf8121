package dev.samara.execution;

import java.sql.SQLException;
import java.util.List;
import java.util.Set;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.dao.DataAccessException;

import dev.samara.activity.Observer;
import dev.samara.postgres.PostgresConnection;
import dev.samara.postgres.ServerError;
import dev.samara.postgres.SqlStates;
import dev.samara.sql.SqlStatement;
import dev.samara.sql.TransactionUse;

/**
 * One statement of a script that runs by itself, outside a transaction or in one of the
 * script's own, and is recorded when it is done.
 */
final class LoneStatement {

	private static final Log logger = LogFactory.getLog(LoneStatement.class);

	/** What the server says to a statement that needs to be alone in its message. */
	private static final Set<String> NOT_ALONE = Set.of(SqlStates.ACTIVE_SQL_TRANSACTION,
			SqlStates.INVALID_TRANSACTION_TERMINATION);

	private final ScriptChannel channel;

	private final PostgresConnection connection;

	private final SqlStatement statement;

	private final List<String> record;

	private boolean isTried;

	LoneStatement(ScriptChannel channel, SqlStatement statement, List<String> record) {
		this.channel = channel;
		this.connection = channel.connection();
		this.statement = statement;
		this.record = record;
	}

	/**
	 * Run.
	 * @param wasInterrupted whether an earlier run was interrupted in this very statement
	 * @return whether it is recorded; it is not yet in a transaction of the script's own
	 */
	boolean run(boolean wasInterrupted) {
		try {
			return runAndRecord(wasInterrupted);
		}
		catch (DataAccessException ex) {
			// A look at the catalogue that fails is a failure of the statement it was
			// for.
			if (ex.getCause() instanceof SQLException cause) {
				throw this.channel.failed(this.statement, cause);
			}
			throw ex;
		}
	}

	/**
	 * Return whether the server was given the statement. Until then an interrupted one is
	 * as much in doubt as it was.
	 */
	boolean isTried() {
		return this.isTried;
	}

	private boolean runAndRecord(boolean wasInterrupted) {
		TransactionUse use = this.statement.transactionUse();
		boolean isOpen = this.connection.isTransactionOpen();
		this.isTried = use != TransactionUse.FORBIDDEN;
		if (use == TransactionUse.ALLOWED && !isOpen) {
			if (isDoneWithRecord()) {
				return true;
			}
			this.channel.run(new Message().add(this.statement));
		}
		else if (use == TransactionUse.COMMITS && isOpen && canWrite()) {
			// What the script's own transaction has done is recorded within it.
			this.channel.run(new Message().add("SET CONSTRAINTS ALL IMMEDIATE").add(this.record).add(this.statement));
			return true;
		}
		else if (this.statement.copyData() != null) {
			this.channel.copy(this.statement, this.statement.copyData());
		}
		else if (use == TransactionUse.FORBIDDEN) {
			runObserved(wasInterrupted);
		}
		else {
			this.channel.run(new Message().add(this.statement));
		}
		if (this.connection.isTransactionOpen()) {
			// The script's own transaction: what it has done counts when it commits.
			return false;
		}
		this.channel.run(new Message().add("BEGIN").add(this.record).add("COMMIT"));
		return true;
	}

	/**
	 * Send the statement with its record. One message is one transaction here, so that
	 * the statement cannot be done and not be recorded.
	 * @return whether that was possible; a procedure that commits has to be sent by
	 * itself
	 */
	private boolean isDoneWithRecord() {
		SqlStatement.CopyData data = this.statement.copyData();
		if (data != null) {
			this.channel.run(new Message().add("BEGIN"));
			this.channel.copy(this.statement, data);
			this.channel.run(new Message().add(this.record).add("COMMIT"));
			return true;
		}
		long rowsBefore = this.channel.rows();
		try {
			this.channel.run(new Message().add(this.statement).add(this.record));
			return true;
		}
		catch (ScriptFailedException ex) {
			String sqlState = sqlState(ex);
			if (ex.getStatement() == 0 || !NOT_ALONE.contains(sqlState)) {
				throw ex;
			}
			this.channel.rowsAre(rowsBefore);
			return false;
		}
	}

	private boolean canWrite() {
		return "off".equals(this.connection.jdbc().queryForObject("SHOW transaction_read_only", String.class));
	}

	private void runObserved(boolean wasInterrupted) {
		try (Observer observer = new Observer(this.connection::openAnother)) {
			WaitReport report = new WaitReport(this.statement.tokens().firstWords(3) + " at "
					+ this.channel.placeOf(this.statement) + " has been running", Backend.of(this.connection).pid());
			observer.watch(report, WaitReport.FIRST, WaitReport.INTERVAL);
			ConcurrentWork work = ConcurrentWork.of(this.connection, this.statement);
			try {
				if (!isDone(work, wasInterrupted)) {
					this.isTried = true;
					this.channel.run(new Message().add(this.statement));
				}
			}
			catch (ScriptFailedException ex) {
				if (!work.isDoneAfter(sqlState(ex), wasInterrupted)) {
					throw failed(ex, work, report);
				}
				logger.info(ex.getPlace() + " was finished by the server after the last run was interrupted; it is not "
						+ "repeated");
			}
		}
	}

	private boolean isDone(ConcurrentWork work, boolean wasInterrupted) {
		try {
			return work.isDone(wasInterrupted);
		}
		catch (SQLException ex) {
			throw this.channel.failed(this.statement, ex);
		}
	}

	private ScriptFailedException failed(ScriptFailedException ex, ConcurrentWork work, WaitReport report) {
		if (ex.getServerError().filter(ServerError::isConnectionLost).isPresent()) {
			return ex;
		}
		String remedy = null;
		try {
			work.cleanUp();
			remedy = work.remedy(sqlState(ex));
		}
		catch (DataAccessException looking) {
			ex.addSuppressed(looking);
		}
		ScriptFailedException failure = (remedy != null) ? ex.withRemedy(remedy) : ex;
		boolean isConflict = ex.getServerError().filter(ServerError::isLockConflict).isPresent();
		return isConflict ? failure.blockedBy(report.blockage().seen().blockers()) : failure;
	}

	private static String sqlState(ScriptFailedException ex) {
		return ex.getServerError().map(ServerError::sqlState).orElse("");
	}

}
