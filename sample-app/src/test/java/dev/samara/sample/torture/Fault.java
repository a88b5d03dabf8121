package dev.samara.sample.torture;

import java.util.Random;

/**
 * What can happen to one application, its session, its network, or to the server.
 */
enum Fault {

	/** Nothing. */
	NONE,

	/** SIGKILL to the application. */
	KILL_APPLICATION,

	/** SIGSTOP to the application, and SIGCONT later. */
	PAUSE_APPLICATION,

	/** The same, but meanwhile its sessions are ended, so that others take over. */
	PAUSE_AND_TERMINATE,

	/** {@code pg_terminate_backend} of the application's sessions. */
	TERMINATE_BACKEND,

	/** {@code pg_ctl stop -m immediate}, and a new start. */
	STOP_SERVER,

	/** SIGKILL to all processes of the server, and a new start. */
	CRASH_SERVER,

	/** The application's connections are reset. */
	RESET_CONNECTION,

	/** Nothing gets through for a while. */
	STALL_NETWORK,

	/** Nothing gets through any more, until the server, too, knows the client is gone. */
	BLACK_HOLE;

	/** Rarely none: a trigger may miss, and that is none, too. */
	static Fault any(Random random) {
		int number = random.nextInt(3 * values().length - 2);
		return values()[(number == 0) ? 0 : 1 + number % (values().length - 1)];
	}

	boolean isOfServer() {
		return this == STOP_SERVER || this == CRASH_SERVER;
	}

	/** Whether the application that is hit has no reason to fail. */
	boolean isHarmless() {
		return this == NONE || this == PAUSE_APPLICATION || this == STALL_NETWORK;
	}

}
