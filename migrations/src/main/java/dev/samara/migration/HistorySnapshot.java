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
 * @param marker the environment in the marker of the database, or {@code null}
 * @param entries the entries by ascending id
 * @param builtIns what the database knows for placeholders; of a database without a
 * history that takes a query of its own
 * @param existing what the schema contains besides, and history tables of other tools;
 * read only as long as no migration was begun, otherwise {@link ExistingObjects#NONE}
 */
record HistorySnapshot(boolean exists, boolean isCurrent, @Nullable String marker, List<HistoryEntry> entries,
		Supplier<BuiltIns> builtIns, ExistingObjects existing) {

	/**
	 * Return the environment of the database.
	 * @return that of the marker; where the marker is missing, that of the latest event
	 * which has one; {@code null} if neither is known
	 */
	@Nullable String environment() {
		if (this.marker != null) {
			return this.marker;
		}
		for (int i = this.entries.size() - 1; i >= 0; i--) {
			String environment = this.entries.get(i).environment();
			if (environment != null) {
				return environment;
			}
		}
		return null;
	}

	/**
	 * Return whether nothing is missing but migrations: neither the table nor, for an
	 * application that knows its environment, the database's own mark.
	 */
	boolean isReadyFor(@Nullable Environment application) {
		return this.exists && (application == null || this.marker != null);
	}

	/** Return the highest id, 0 if there is no entry. */
	long lastId() {
		return this.entries.isEmpty() ? 0 : this.entries.get(this.entries.size() - 1).id();
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
		return new HistorySnapshot(this.exists, this.isCurrent, this.marker, this.entries, this.builtIns,
				isBegun() ? ExistingObjects.NONE : objects);
	}

}
