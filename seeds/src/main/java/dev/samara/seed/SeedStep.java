package dev.samara.seed;

import dev.samara.Internal;
import dev.samara.execution.ExecutableScript;

/**
 * A seed that a run is going to apply.
 *
 * @param status the seed and its state
 * @param seed the seed
 * @param version number of its content
 * @param executable its script, cut into what is sent to the server
 * @since 0.1.0
 */
public record SeedStep(SeedStatus status, Seed seed, int version, @Internal ExecutableScript executable) {

	/**
	 * Return why the seed runs.
	 * @return a few words
	 */
	public String reason() {
		return switch (this.status.state()) {
			case CHANGED -> "its file has changed";
			case FAILED -> "the last attempt failed";
			default -> "pending";
		};
	}

}
