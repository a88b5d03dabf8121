package dev.samara.migration;

/**
 * What an entry of the history says.
 *
 * @since 0.1.0
 */
public enum HistoryEvent {

	/** The migration is done. */
	APPLIED,

	/** An attempt failed. */
	FAILED,

	/** A migration that is not one transaction has begun. */
	STARTED,

	/** A part of such a migration is done. */
	PROGRESSED

}
