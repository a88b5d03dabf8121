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
	PROGRESSED,

	/** The migration is taken back. */
	ROLLED_BACK,

	/** An attempt to take it back failed. */
	ROLLBACK_FAILED,

	/** A way back that is not one transaction has begun. */
	ROLLBACK_STARTED,

	/** A part of such a way back is done. */
	ROLLBACK_PROGRESSED

}
