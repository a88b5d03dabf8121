package dev.samara.execution;

import java.util.List;

import dev.samara.activity.Blocker;
import dev.samara.postgres.ServerError;
import dev.samara.postgres.ServerState;
import dev.samara.postgres.SqlStates;
import dev.samara.script.Place;

/**
 * What to do about what the server said.
 */
final class Remedies {

	private Remedies() {
	}

	static String of(ServerError error, Place place) {
		if (error.isSessionEnded()) {
			return "The session was ended, by pg_terminate_backend or a shutdown of the server. Start again; what was done "
					+ "is in the history.";
		}
		if (ClientEncoding.hasClosedConnection(error)) {
			return ClientEncoding.actionAfterClose(place.script());
		}
		if (error.isConnectionLost()) {
			return "The connection to the server was lost. Start again when the server answers; what was done is in the "
					+ "history.";
		}
		String sqlState = String.valueOf(error.sqlState());
		return switch (sqlState) {
			case SqlStates.LOCK_NOT_AVAILABLE, SqlStates.DEADLOCK_DETECTED -> ofConflict(List.of(), place);
			case SqlStates.ACTIVE_SQL_TRANSACTION -> withoutTransaction(place);
			case SqlStates.RAISE_EXCEPTION -> "Somebody's RAISE says so, in " + place.script()
					+ " or in what it calls. Do what it asks for, or correct it, and start again.";
			case SqlStates.INVALID_TRANSACTION_TERMINATION ->
				"A procedure or DO block ends transactions itself. " + withoutTransaction(place);
			case SqlStates.UNTRANSLATABLE_CHARACTER -> "The encoding of the database lacks a character of "
					+ place.script() + ": of its statements, or of its "
					+ "name or description, which the history keeps. Replace the character, or use a database with "
					+ "encoding UTF8.";
			case SqlStates.OBJECT_IN_USE -> "Wait until the other session has finished, and start again.";
			case SqlStates.QUERY_CANCELED ->
				"If it was the statement timeout, give the script more with \"-- samara: statement-timeout=…\" at the top "
						+ "of " + place.script() + "; otherwise somebody has cancelled it: start again.";
			default -> ServerState.remedy(sqlState)
				.orElse(sqlState.startsWith("23")
						? "Correct the rows that break the constraint, or " + place.script() + ", and start again."
						: "Correct " + place.script() + " and start again.");
		};
	}

	private static String withoutTransaction(Place place) {
		return "Put \"-- samara: transaction=none\" at the top of " + place.script() + ".";
	}

	/**
	 * Say who has to let go.
	 * @param blockers who was in the way, the one everything waits for first
	 */
	static String ofConflict(List<Blocker> blockers, Place place) {
		return blockers.isEmpty()
				? "Other sessions hold locks on what the script changes. Start again when they are done, or give it more "
						+ "time with a larger samara.migrations.retries, or \"-- samara: lock-timeout=…\" at the top of "
						+ place.script() + "."
				: ofBlocker(blockers.get(0));
	}

	/**
	 * Say who has to let go of what code needs.
	 * @param blockers who was in the way, the one everything waits for first
	 */
	static String ofConflict(List<Blocker> blockers) {
		return blockers.isEmpty() ? "Other sessions hold locks on what it changes. Start again when they are done."
				: ofBlocker(blockers.get(0));
	}

	private static String ofBlocker(Blocker root) {
		String release = root.preventsWraparound()
				? "It prevents a wraparound of transaction ids, and should be left alone"
				: "To make it let go: " + root.release() + ";";
		return "Wait until " + root.identity() + " is done, and start again. " + release;
	}

}
