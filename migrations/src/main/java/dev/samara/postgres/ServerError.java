package dev.samara.postgres;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * What the server said when it refused a statement, without the values of rows: those
 * stand in the detail of data errors and, quoted, in their message.
 *
 * @param sqlState the SQLSTATE, or {@code null} if the error is not from the server
 * @param message the primary message
 * @param detail the detail, or {@code null} if there is none or it may hold values
 * @param hint the hint, or {@code null}
 * @param position place in the SQL text that was sent, counted from 1 in code points; 0
 * if there is none
 * @since 0.1.0
 */
public record ServerError(@Nullable String sqlState, String message, @Nullable String detail, @Nullable String hint,
		int position) {

	private static final String SYNTAX_ERROR = "42601";

	/** The offending token is shown if it is a word or a sign, not if it is a literal. */
	private static final Pattern QUOTED_LITERAL = Pattern.compile("[\"«„“][^\"»“”]*['\\d].*[\"»“”]", Pattern.DOTALL);

	/**
	 * What a message quotes, from the first quotation mark to the last, in any language
	 * of the server. Values may hold quotation marks themselves.
	 */
	private static final Pattern QUOTED = Pattern.compile("[\"«„“”‚‘'].*[\"»“”‘’']", Pattern.DOTALL);

	/**
	 * Read an error.
	 * @param ex what the driver threw
	 * @return the error
	 */
	public static ServerError of(SQLException ex) {
		if (ex instanceof BatchUpdateException && ex.getNextException() != null) {
			// Its own message holds the statement with its values.
			return of(ex.getNextException());
		}
		ServerErrorMessage server = (ex instanceof PSQLException psql) ? psql.getServerErrorMessage() : null;
		if (server == null || server.getMessage() == null) {
			return new ServerError(ex.getSQLState(), ofDriver(ex), null, null, 0);
		}
		String sqlState = String.valueOf(server.getSQLState());
		boolean isSyntax = sqlState.equals(SYNTAX_ERROR);
		// What a function puts together and runs may have a value for any of its words.
		boolean isPutTogether = isSyntax && server.getInternalQuery() != null;
		boolean holdsValues = sqlState.startsWith("22") || sqlState.startsWith("23") || sqlState.startsWith("P0")
				|| isPutTogether;
		Pattern values = (isSyntax && !isPutTogether) ? QUOTED_LITERAL : QUOTED;
		boolean quotesValues = sqlState.startsWith("22") || isSyntax;
		String message = quotesValues ? values.matcher(server.getMessage()).replaceAll("\"…\"") : server.getMessage();
		return new ServerError(sqlState, message, holdsValues ? null : server.getDetail(),
				holdsValues ? null : server.getHint(), server.getPosition());
	}

	/**
	 * What the driver says of a value ends with the value: "Bad value for type int :
	 * 12a".
	 */
	private static String ofDriver(SQLException ex) {
		String message = String.valueOf(ex.getMessage());
		boolean isOfValue = ex.getSQLState() != null && ex.getSQLState().startsWith("22");
		return isOfValue ? message.replaceFirst("(?s)\\s*:.*", "") : message;
	}

	/**
	 * Return whether the error is one that goes by itself when the statement is tried
	 * again: somebody else held a lock.
	 * @return whether a retry makes sense
	 */
	public boolean isLockConflict() {
		return SqlStates.LOCK_NOT_AVAILABLE.equals(this.sqlState) || SqlStates.DEADLOCK_DETECTED.equals(this.sqlState);
	}

	/**
	 * Return whether the server has ended the session, by a command or its shutdown, and
	 * said so, so that nothing after the failed statement has run.
	 * @return whether it is {@code admin_shutdown}
	 */
	public boolean isSessionEnded() {
		return "57P01".equals(this.sqlState);
	}

	/**
	 * Return whether the connection is gone, so that nothing is wrong with the statement.
	 * @return whether the server was shut down or out of reach, or has ended the session
	 */
	public boolean isConnectionLost() {
		return this.sqlState != null && (this.sqlState.startsWith("08") || this.sqlState.startsWith("57P"));
	}

	/**
	 * Return an exception that tells the same and no more, to serve as a cause: the
	 * driver's own message would carry the detail into every stack trace.
	 * @param original the driver's exception, for its stack trace
	 * @return the exception
	 */
	public SQLException toException(SQLException original) {
		SQLException exception = new SQLException(toString(), this.sqlState);
		exception.setStackTrace(original.getStackTrace());
		return exception;
	}

	@Override
	public String toString() {
		StringBuilder text = new StringBuilder(this.message);
		if (this.sqlState != null) {
			text.append(" [").append(this.sqlState).append(']');
		}
		if (this.detail != null) {
			text.append(". Detail: ").append(this.detail.replaceFirst("\\.$", ""));
		}
		if (this.hint != null) {
			text.append(". Hint: ").append(this.hint.replaceFirst("\\.$", ""));
		}
		return text.toString();
	}

}
