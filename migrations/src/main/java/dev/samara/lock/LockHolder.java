package dev.samara.lock;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * The session that holds a lock.
 *
 * @param pid process id of its backend
 * @param application its application name, or {@code null} if it has none or it is not to
 * be seen
 * @param client address of its client, or {@code null} for a local one
 * @param connectedFor time since it connected, or {@code null} if that is not to be seen
 * @since 0.1.0
 */
public record LockHolder(int pid, @Nullable String application, @Nullable String client,
		@Nullable Duration connectedFor) {

	@Override
	public String toString() {
		return "pid " + this.pid + ((this.application != null) ? " (application \"" + this.application + "\")" : "")
				+ ((this.client != null) ? " from " + this.client : "")
				+ ((this.connectedFor != null) ? ", connected for " + this.connectedFor.toSeconds() + " s" : "");
	}

}
