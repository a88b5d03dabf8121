package dev.samara.migration;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.samara.activity.IndexProgress;

/**
 * A migration, what the history says of it, and what follows from both.
 *
 * @param key the migration
 * @param state its state
 * @param migration its file, or {@code null} if there is none
 * @param applied the entry by which it was last applied, or {@code null}
 * @param last its latest entry, or {@code null}
 * @param progress how far the index is that it builds now, or {@code null} if it is not
 * running or builds none
 * @since 0.1.0
 */
public record MigrationStatus(MigrationKey key, MigrationState state, @Nullable Migration migration,
		@Nullable HistoryEntry applied, @Nullable HistoryEntry last, @Nullable IndexProgress progress) {

	MigrationStatus(MigrationKey key, MigrationState state, @Nullable Migration migration,
			@Nullable HistoryEntry applied, @Nullable HistoryEntry last) {
		this(key, state, migration, applied, last, null);
	}

	MigrationStatus running(@Nullable IndexProgress progress) {
		return new MigrationStatus(this.key, MigrationState.RUNNING, this.migration, this.applied, this.last, progress);
	}

	/**
	 * Return what the migration does, in the words of its file or else of the history.
	 * @return the description, possibly empty
	 */
	public String description() {
		if (this.migration != null) {
			return this.migration.description();
		}
		return (this.last != null) ? this.last.description() : "";
	}

	/**
	 * Return where it stands.
	 * @return the file as its location shows it, or the class; from the history if it is
	 * gone
	 */
	public String script() {
		if (this.migration != null) {
			return this.migration.path();
		}
		return (this.last != null) ? this.last.script() : "";
	}

	/**
	 * Return what makes the migration run.
	 * @return the kind
	 */
	public MigrationKind kind() {
		return (this.key.version() != null) ? MigrationKind.VERSIONED : MigrationKind.REPEATABLE;
	}

	/**
	 * Return the failure of the last attempt. Where it is in doubt what is done, its
	 * entry says that the migration is begun.
	 * @return its entry, if the last attempt failed
	 */
	public Optional<HistoryEntry> failure() {
		return Optional.ofNullable(this.last)
			.filter((entry) -> entry.event() == HistoryEvent.FAILED
					|| (entry.event() == HistoryEvent.STARTED && entry.error() != null));
	}

	/**
	 * Return whether a script that is not one transaction has left part of its work.
	 */
	boolean isHalfApplied() {
		return this.last != null && (this.last.isPartial() || (this.applied == null && this.last.isPartialRollback()));
	}

	/**
	 * Return the entry of what is there to be taken back.
	 * @return the one by which the migration was applied, or of what was left half-way
	 */
	@Nullable HistoryEntry standing() {
		return isHalfApplied() ? this.last : this.applied;
	}

	@Override
	public String toString() {
		return this.key + (description().isEmpty() || this.key.version() == null ? "" : " (" + description() + ")");
	}

}
