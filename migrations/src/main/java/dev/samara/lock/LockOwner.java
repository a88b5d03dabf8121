package dev.samara.lock;

import org.jspecify.annotations.Nullable;

import dev.samara.Internal;

/**
 * Who asks for a lock.
 *
 * @param runId id of the run, a UUID
 * @param sessionName what a session of the application calls itself
 * @param application name of the application, or {@code null}
 * @param host where it runs, or {@code null}
 * @since 0.1.0
 */
@Internal
public record LockOwner(String runId, String sessionName, @Nullable String application, @Nullable String host) {

	private static final int LONGEST_NAME = 63;

	private static final int RUN_DIGITS = 8;

	/**
	 * Return what a session of this very run calls itself, so that it is recognised when
	 * the application is gone and its backend is not. The server replaces what is not
	 * ASCII and cuts what is longer, so that is done here.
	 */
	String nameOfRun() {
		String ascii = this.sessionName.replaceAll("[^ -~]", "?");
		int room = LONGEST_NAME - RUN_DIGITS - 1;
		return ascii.substring(0, Math.min(ascii.length(), room)) + endOfName(this.runId);
	}

	/**
	 * Return what the names of all sessions of a run end with.
	 */
	static String endOfName(String runId) {
		return " " + runId.substring(0, RUN_DIGITS);
	}

}
