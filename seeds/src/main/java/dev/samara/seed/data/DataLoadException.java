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
