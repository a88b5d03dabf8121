package dev.samara.lock;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import dev.samara.activity.BlockageProbe;
import dev.samara.activity.Blocker;
import dev.samara.postgres.PostgresConnection;

/**
 * Who holds a lock, as far as it is to be seen: a session of the server, or the owner of
 * a lease, whose session is to be seen only while it is in a transaction.
 *
 * @param pid process id of its backend, or {@code null} if that is not to be seen
 * @param application its application name, or {@code null} if it has none or it is not to
 * be seen
 * @param client address of its client, for a lease the name of its host; {@code null} for
 * a local one
 * @param connectedFor time since it connected, or {@code null} if that is not to be seen
 * @param activity what it is doing, or {@code null} if that is not to be seen
 * @param blockedBy the session that everything it waits for waits for, or {@code null} if
 * it does not wait for a lock
 * @param lease its lease, or {@code null} if it holds the session's lock
 * @since 0.1.0
 */
public record LockHolder(@Nullable Integer pid, @Nullable String application, @Nullable String client,
		@Nullable Duration connectedFor, @Nullable SessionActivity activity, @Nullable Blocker blockedBy,
		@Nullable LeaseAge lease) {

	/**
	 * Find who keeps it from going on, if it waits for a lock.
	 */
	LockHolder withBlocker(PostgresConnection connection) {
		boolean waits = this.pid != null && this.activity != null && this.activity.waitsForLock();
		return (this.pid != null && waits) ? new LockHolder(this.pid, this.application, this.client, this.connectedFor,
				this.activity, new BlockageProbe(this.pid).lookNow(connection).root().orElse(null), this.lease) : this;
	}

	@Override
	public String toString() {
		String who = (this.pid != null) ? "pid " + this.pid : "a session that is not to be seen";
		return who + ((this.application != null) ? " (application \"" + this.application + "\")" : "")
				+ ((this.client != null) ? " from " + this.client : "")
				+ ((this.lease != null) ? ", " + this.lease : "")
				+ ((this.connectedFor != null) ? ", connected for " + this.connectedFor.toSeconds() + " s" : "")
				+ ((this.activity != null) ? ", " + this.activity : "")
				+ ((this.blockedBy != null) ? "; it is blocked by " + this.blockedBy.identity() : "");
	}

	/**
	 * How old a lease is, by the clock of the server.
	 *
	 * @param process process id of its owner on its own host
	 * @param heldFor time since it was taken
	 * @param sinceHeartbeat time since its owner last kept it alive
	 */
	public record LeaseAge(long process, Duration heldFor, Duration sinceHeartbeat) {

		@Override
		public String toString() {
			return "process " + this.process + " there, with a lease taken " + this.heldFor.toSeconds()
					+ " s ago and kept alive " + this.sinceHeartbeat.toSeconds() + " s ago";
		}

	}

}
