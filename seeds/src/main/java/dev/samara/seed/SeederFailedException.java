package dev.samara.seed;

import java.sql.SQLException;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import dev.samara.SamaraException;
import dev.samara.postgres.ServerError;

/**
 * That a seeder has thrown something. Of what the server has said it tells all but
 * values.
 */
final class SeederFailedException extends SamaraException {

	private final transient @Nullable ServerError error;

	private SeederFailedException(String message, String remedy, Throwable cause, @Nullable ServerError error) {
		super(message, remedy, cause);
		this.error = error;
	}

	/**
	 * Tell what a seeder has thrown.
	 * @param type the class of the seeder
	 */
	static SeederFailedException of(String type, Exception failure) {
		SQLException cause = SeedTransaction.sqlException(failure);
		if (failure instanceof SamaraException known) {
			return new SeederFailedException(type + ": " + known.getMessage(), known.getRemedy(), known, null);
		}
		if (cause == null) {
			// Its message may quote a value, as that of NumberFormatException does.
			return new SeederFailedException(place(type, failure) + ": " + failure.getClass().getName(),
					"Correct it and start again; the cause of the exception says more.", failure, null);
		}
		ServerError error = ServerError.of(cause);
		SQLException clean = error.toException(cause);
		clean.setStackTrace(failure.getStackTrace());
		return new SeederFailedException(place(type, failure) + ": " + error, remedy(error), clean, error);
	}

	private static String place(String type, Exception failure) {
		return Arrays.stream(failure.getStackTrace())
			.filter((frame) -> frame.getClassName().equals(type) || frame.getClassName().startsWith(type + "$"))
			.findFirst()
			.map((frame) -> type + " (" + frame.getFileName() + ":" + frame.getLineNumber() + ")")
			.orElse(type);
	}

	private static String remedy(ServerError error) {
		if (error.isLockConflict()) {
			return "Other sessions hold locks on what it changes. Start again when they are done.";
		}
		return error.isConnectionLost() ? "The connection to the server was lost. Start again when the server answers."
				: "Correct it and start again.";
	}

	/**
	 * Tell what stays.
	 * @param nothing the sentence that says that nothing does
	 * @return that sentence, unless the seeder itself has ended the transaction
	 */
	String whatStays(String nothing) {
		return (getCause() instanceof SeedTransaction.EndedTransactionException)
				? "What it had done before it ended the transaction may stay." : nothing;
	}

	@Nullable ServerError serverError() {
		return this.error;
	}

}
