package dev.samara.seed;

import java.util.List;
import java.util.stream.Collectors;

import dev.samara.SamaraException;

/**
 * Thrown when a seed cannot be taken back. Tells which one and why, and what was taken
 * back before.
 *
 * @since 0.1.0
 */
public final class SeedRollbackFailedException extends SamaraException {

	private final String seed;

	private final transient List<SeedRollbackResult> rolledBack;

	SeedRollbackFailedException(String seed, String why, String whatStays, List<SeedRollbackResult> rolledBack,
			String remedy, Throwable cause) {
		super("Seed %s was not rolled back: %s. %s %s".formatted(seed, why, whatStays, before(rolledBack)), remedy,
				cause);
		this.seed = seed;
		this.rolledBack = List.copyOf(rolledBack);
	}

	private static String before(List<SeedRollbackResult> rolledBack) {
		return rolledBack.isEmpty() ? "No other seed was rolled back in this run."
				: "Rolled back before it in this run: "
						+ rolledBack.stream().map(SeedRollbackResult::name).collect(Collectors.joining(", ")) + ".";
	}

	/**
	 * Return the seed.
	 * @return its name
	 */
	public String getSeed() {
		return this.seed;
	}

	/**
	 * Return what was taken back before.
	 * @return the results, which stay; empty after serialization
	 */
	public List<SeedRollbackResult> getRolledBack() {
		return (this.rolledBack != null) ? this.rolledBack : List.of();
	}

}
