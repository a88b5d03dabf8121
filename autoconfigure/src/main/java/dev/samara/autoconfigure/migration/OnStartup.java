package dev.samara.autoconfigure.migration;

/**
 * What happens to migrations when the application starts.
 *
 * @since 0.1.0
 */
public enum OnStartup {

	/** Pending ones are applied. */
	MIGRATE,

	/** The application does not start while one is pending. */
	VALIDATE,

	/**
	 * The application waits until somebody else has applied what is pending, at the
	 * longest for {@code samara.migrations.lock-wait}.
	 */
	WAIT,

	/** Nothing. */
	OFF

}
