package dev.samara.lock;

import java.time.Duration;

/**
 * The rhythm of a lease.
 *
 * @param life how long it lives without a heartbeat
 * @param beat time between two heartbeats
 */
record LeaseTimes(Duration life, Duration beat) {

	static final LeaseTimes USUAL = new LeaseTimes(Duration.ofSeconds(30), Duration.ofSeconds(10));

}
