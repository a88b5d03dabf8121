package dev.samara.seed;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.samara.SamaraException;
import dev.samara.execution.CodeFailedException;
import dev.samara.execution.CodeTransaction;
import dev.samara.execution.ScriptFailedException;
import dev.samara.postgres.ServerError;
import dev.samara.postgres.SqlStates;
import dev.samara.seed.data.DataLoadException;

/**
 * Thrown when a seed fails. Tells which one and where, what the server said, what stays
 * applied, and what to do.
 *
 * @since 0.1.0
 */
public final class SeedFailedException extends SamaraException {

	private final transient @Nullable Seed seed;

	private final transient List<SeedResult> applied;

	SeedFailedException(Seed seed, List<SeedResult> applied, ScriptFailedException cause) {
		super(message(seed, applied, cause), remedy(cause), cause);
		this.seed = seed;
		this.applied = List.copyOf(applied);
	}

	SeedFailedException(Seed seed, List<SeedResult> applied, DataLoadException cause) {
		super("Seed %s failed%s%s. %s %s".formatted(seed, (cause.getProblems().size() == 1) ? " at " : ": ",
				cause.getMessage(), whatStays(cause), whatWasApplied(applied)), cause.getRemedy(), cause);
		this.seed = seed;
		this.applied = List.copyOf(applied);
	}

	SeedFailedException(Seed seed, List<SeedResult> applied, CodeFailedException cause) {
		super("Seed %s failed in %s. %s %s".formatted(seed, cause.getMessage(),
				SeederExecutor.whatStays(cause, "Nothing of it was applied."), whatWasApplied(applied)),
				cause.getRemedy(), cause.getCause());
		this.seed = seed;
		this.applied = List.copyOf(applied);
	}

	private static String message(Seed seed, List<SeedResult> applied, ScriptFailedException cause) {
		String statement = (cause.getStatement() > 0)
				? " (statement " + cause.getStatement() + " of " + cause.getStatementCount() + ")" : "";
		return "Seed %s failed at %s%s: %s. %s %s".formatted(seed, cause.getPlace(), statement,
				cause.getServerError().map(Object::toString).orElse("unknown error"), cause.whatStays(),
				whatWasApplied(applied));
	}

	/** Of a connection that was lost with the commit nobody knows what it has done. */
	private static String whatStays(DataLoadException cause) {
		return cause.getServerError().filter(ServerError::isConnectionLost).isPresent()
				? "Whether it was applied cannot be known from here; the next run finds out."
				: "Nothing of it was applied.";
	}

	private static String whatWasApplied(List<SeedResult> applied) {
		if (applied.isEmpty()) {
			return "No other seed was applied in this run.";
		}
		return "Applied before it in this run, and staying: "
				+ applied.stream().map((result) -> result.seed().name()).collect(Collectors.joining(", ")) + ".";
	}

	private static String remedy(ScriptFailedException cause) {
		String sqlState = cause.getServerError().map(ServerError::sqlState).orElse(null);
		return SqlStates.ACTIVE_SQL_TRANSACTION.equals(sqlState)
				? "A seed is one transaction: move the statement to a migration of its own." : cause.getRemedy();
	}

	/**
	 * Return the seed that failed.
	 * @return the seed; empty only after serialization
	 */
	public Optional<Seed> getSeed() {
		return Optional.ofNullable(this.seed);
	}

	/**
	 * Return what the run had applied before.
	 * @return the results, which stay
	 */
	public List<SeedResult> getApplied() {
		return this.applied;
	}

}
