package dev.samara.seed;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.samara.environment.Environment;

/**
 * The history as it was read.
 *
 * @param exists whether all tables of Samara's are there
 * @param environment the environment the database remembers, or {@code null}
 * @param entries the entries by ascending id
 */
record SeedSnapshot(boolean exists, @Nullable String environment, List<SeedEntry> entries) {

	SeedSnapshot {
		entries = List.copyOf(entries);
	}

	/**
	 * Return whether a run has nothing to write of its own.
	 * @param application the environment of the application, or {@code null}
	 */
	boolean isReadyFor(@Nullable Environment application) {
		return this.exists && (application == null || this.environment != null);
	}

}
