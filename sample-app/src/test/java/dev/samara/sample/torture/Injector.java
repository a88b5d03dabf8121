package dev.samara.sample.torture;

import java.util.Random;

/**
 * Does a fault, and what ends it.
 */
final class Injector {

	private final MortalServer server;

	private final TortureDatabase database;

	private final Random random;

	Injector(MortalServer server, TortureDatabase database, Random random) {
		this.server = server;
		this.database = database;
		this.random = random;
	}

	void inject(Fault fault, Instance victim) {
		switch (fault) {
			case NONE -> {
			}
			case KILL_APPLICATION -> victim.kill();
			case PAUSE_APPLICATION -> victim.pause();
			case PAUSE_AND_TERMINATE -> {
				victim.pause();
				this.database.terminate(victim.link().clientPorts());
			}
			case TERMINATE_BACKEND -> this.database.terminate(victim.link().clientPorts());
			case STOP_SERVER -> {
				this.server.stopImmediately();
				this.server.start();
			}
			case CRASH_SERVER -> {
				this.server.crash();
				this.server.start();
			}
			case RESET_CONNECTION -> victim.link().reset();
			case STALL_NETWORK, BLACK_HOLE -> victim.link().stall();
		}
	}

	void mend(Fault fault, Instance victim) throws InterruptedException {
		switch (fault) {
			case PAUSE_APPLICATION, PAUSE_AND_TERMINATE -> {
				sleep(1300);
				victim.resume();
			}
			case STALL_NETWORK -> {
				sleep(1000);
				victim.link().flow();
			}
			case BLACK_HOLE -> {
				sleep(600);
				victim.kill();
				sleep(600);
				victim.link().reset();
			}
			default -> {
			}
		}
	}

	private void sleep(int longestMillis) throws InterruptedException {
		Thread.sleep(150 + this.random.nextInt(longestMillis));
	}

}
