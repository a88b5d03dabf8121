package dev.samara.execution;

import java.sql.SQLException;

import org.jspecify.annotations.Nullable;

import dev.samara.execution.Message.Failure;
import dev.samara.postgres.PostgresConnection;
import dev.samara.postgres.ServerError;
import dev.samara.script.FilledScript;
import dev.samara.script.Place;
import dev.samara.sql.SqlStatement;

/**
 * The way of one script to the server: sends its messages, counts its rows, and says of
 * what the server refuses where it stands in the script.
 */
final class ScriptChannel {

	private static final String READ_AS_CUT = "SET standard_conforming_strings = on";

	static final String READ_AS_CUT_IN_TRANSACTION = "SET LOCAL standard_conforming_strings = on";

	private final PostgresConnection connection;

	private ExecutableScript script;

	private int done;

	private long rows;

	ScriptChannel(PostgresConnection connection, ExecutableScript script) {
		this.connection = connection;
		this.script = script;
	}

	PostgresConnection connection() {
		return this.connection;
	}

	/**
	 * Go on with the same script, cut in another way.
	 */
	void scriptIs(ExecutableScript script) {
		this.script = script;
	}

	long rows() {
		return this.rows;
	}

	/**
	 * Forget the rows of what was rolled back.
	 */
	void rowsAre(long rows) {
		this.rows = rows;
	}

	/**
	 * Return how many statements stay done, whatever happens to those after them.
	 */
	int done() {
		return this.done;
	}

	void doneAre(int statements) {
		this.done = statements;
	}

	/**
	 * Let the server read literals as scripts are cut, whatever the session was set to:
	 * in the transaction that is open, or for the session. The server reads a message as
	 * a whole before it runs any of it, so this must be one by itself.
	 */
	void readAsCut(boolean inTransaction) {
		run(new Message().add(inTransaction ? READ_AS_CUT_IN_TRANSACTION : READ_AS_CUT));
	}

	void run(Message message) {
		if (message.isEmpty()) {
			return;
		}
		int[] finished = { 0 };
		try {
			this.connection.send(message.sql(), (count) -> {
				this.rows += message.isOfScript(finished[0]) ? count : 0;
				finished[0]++;
			});
		}
		catch (SQLException ex) {
			throw failed(message.failure(finished[0], ServerError.of(ex).position()), ex);
		}
	}

	void copy(SqlStatement statement, SqlStatement.CopyData data) {
		this.rows += copy(null, statement, data);
	}

	/**
	 * Send the data of a statement.
	 * @param companion the script it is from, or {@code null} if that is the one of this
	 * channel
	 * @return the number of rows
	 */
	long copy(@Nullable FilledScript companion, SqlStatement statement, SqlStatement.CopyData data) {
		String text = ((companion != null) ? companion : this.script.source()).text();
		try {
			return this.connection.copyIn(Message.withoutEnd(statement),
					text.substring(data.offset(), data.offset() + data.length()));
		}
		catch (SQLException ex) {
			throw failed(new Failure(companion, statement, statement.offset()), ex);
		}
	}

	Place placeOf(SqlStatement statement) {
		return this.script.source().placeAt(statement.offset());
	}

	ScriptFailedException failed(SqlStatement statement, SQLException ex) {
		return failed(new Failure(null, statement, statement.offset()), ex);
	}

	ScriptFailedException failed(SQLException ex) {
		return failed(Failure.OF_SCRIPT, ex);
	}

	private ScriptFailedException failed(Failure failure, SQLException ex) {
		FilledScript source = (failure.companion() != null) ? failure.companion() : this.script.source();
		Place place = (failure.offset() >= 0) ? source.placeAt(failure.offset()) : Place.of(source.script().path());
		int number = (failure.statement() != null && failure.companion() == null)
				? this.script.numberOf(failure.statement()) : 0;
		ServerError error = PlaceholderErrors.hide(ServerError.of(ex), source, failure.offset());
		ScriptFailedException failed = new ScriptFailedException(place, number, this.script, this.done, error, ex);
		String remedy = PlaceholderErrors.remedy(error, source, failure.offset());
		return (remedy != null) ? failed.withRemedy(remedy) : failed;
	}

}
