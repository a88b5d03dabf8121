package dev.samara.seed.data;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.samara.Internal;
import dev.samara.SamaraException;
import dev.samara.postgres.ServerError;

/**
 * Thrown when the rows of a file cannot be loaded. Everything that could be found at once
 * is told at once, up to 20 problems. The transaction is to be rolled back.
 *
 * @since 0.1.0
 */
public final class DataLoadException extends SamaraException {

	private final transient List<DataProblem> problems;

	private final transient @Nullable ServerError error;

	DataLoadException(List<DataProblem> problems) {
		super(text(problems), remedies(problems), null);
		this.problems = List.copyOf(problems);
		this.error = null;
	}

	DataLoadException(DataProblem problem) {
		this(List.of(problem));
	}

	DataLoadException(DataProblem problem, SQLException cause) {
		super(problem.toString(), problem.remedy(), ServerError.of(cause).toException(cause));
		this.problems = List.of(problem);
		this.error = ServerError.of(cause);
	}

	/**
	 * Tell an error of which nothing more is known.
	 * @param file the file that was loaded
	 * @param ex what the driver threw
	 * @return the exception
	 */
	@Internal
	public static DataLoadException of(DataFile file, SQLException ex) {
		return LoadErrors.failed(file, ex);
	}

	/**
	 * Tell an error that nobody has expected.
	 * @param file the file that was loaded
	 * @param failure what was thrown
	 * @return the exception; of the failure only its class and where it came from, as its
	 * message may hold a value
	 */
	@Internal
	public static DataLoadException unexpected(DataFile file, Throwable failure) {
		return unexpected(file, 0, "Something went wrong that was not expected", failure);
	}

	static DataLoadException unexpected(DataFile file, long line, String message, Throwable failure) {
		DataLoadException exception = new DataLoadException(new DataProblem(file.path(), line,
				message + " (" + failure.getClass().getName() + ")",
				"The stack trace of the cause tells where it came from. Correct the file, or what it uses there."));
		exception.setStackTrace(failure.getStackTrace());
		return exception;
	}

	private static String text(List<DataProblem> problems) {
		return (problems.size() == 1) ? problems.get(0).toString() : problems.size() + " problems:\n"
				+ problems.stream().map((problem) -> "- " + problem).collect(Collectors.joining("\n"));
	}

	private static String remedies(List<DataProblem> problems) {
		return problems.stream().map(DataProblem::remedy).distinct().collect(Collectors.joining(" "));
	}

	/**
	 * Return what is wrong.
	 * @return the problems, in the order of the file; empty only after serialization
	 */
	public List<DataProblem> getProblems() {
		return (this.problems != null) ? this.problems : List.of();
	}

	/**
	 * Return what the server said.
	 * @return the error, without values; empty if the file was refused without asking the
	 * server
	 */
	public Optional<ServerError> getServerError() {
		return Optional.ofNullable(this.error);
	}

}
