package dev.samara.migration;

import java.util.List;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.samara.environment.Environment;
import dev.samara.existing.ExistingObjects;
import dev.samara.placeholder.BuiltIns;

/**
 * The history as one query has read it.
 *
 * @param exists whether the history table is there
 * @param isCurrent whether the history table has the current layout
 * @param environment the environment the database remembers, or {@code null}
 * @param entries the entries by ascending id
 * @param builtIns what the database knows for placeholders; of a database without a
 * history that takes a query of its own
 * @param existing what the schema contains besides; read only as long as no migration was
 * begun, otherwise {@link ExistingObjects#NONE}
 */
record HistorySnapshot(boolean exists, boolean isCurrent, @Nullable String environment, List<HistoryEntry> entries,
		Supplier<BuiltIns> builtIns, ExistingObjects existing) {

	/**
	 * Return whether nothing is missing but migrations: neither the table nor, for an
	 * application that knows its environment, the database's own mark.
	 */
	boolean isReadyFor(@Nullable Environment application) {
		return this.exists && (application == null || this.environment != null);
	}

	/**
	 * Return whether a run has changed the schema: a transaction that failed has not.
	 */
	boolean isBegun() {
		return this.entries.stream()
			.anyMatch((entry) -> entry.event() != HistoryEvent.FAILED || entry.statementsDone() > 0);
	}

	/**
	 * Return this history with what its schema contained before the first run.
	 */
	HistorySnapshot beside(ExistingObjects objects) {
		return new HistorySnapshot(this.exists, this.isCurrent, this.environment, this.entries, this.builtIns,
				isBegun() ? ExistingObjects.NONE : objects);
	}

}
