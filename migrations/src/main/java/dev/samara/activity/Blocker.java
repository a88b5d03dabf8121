package dev.samara.activity;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * A session that another one waits for, directly or through others. What the server does
 * not let the role see is {@code null}: it shows state, client and query of other users'
 * sessions to members of {@code pg_read_all_stats} only.
 *
 * @param pid process id of its backend; 0 if it is a prepared transaction
 * @param user the database user, or {@code null}
 * @param application its application name, or {@code null}
 * @param client address of its client, or {@code null} for a local one
 * @param backendType what kind of process it is: {@code client backend},
 * {@code autovacuum worker}; or {@code null}
 * @param state {@code active}, {@code idle in transaction} …, or {@code null}
 * @param transactionAge how long its transaction has been open, or {@code null}
 * @param lockMode the lock that stands in the way, as {@code pg_locks} names it, or
 * {@code null} if it was not to be found
 * @param holdsLock whether it has that lock, rather than waiting for it further ahead
 * @param lockedObject what is locked: the table, or else the kind of object; or
 * {@code null}
 * @param query what it runs or has run last, without its values and cut short, or
 * {@code null}
 * @param isRoot whether it waits for nobody itself
 * @since 0.1.0
 */
public record Blocker(int pid, @Nullable String user, @Nullable String application, @Nullable String client,
		@Nullable String backendType, @Nullable String state, @Nullable Duration transactionAge,
		@Nullable String lockMode, boolean holdsLock, @Nullable String lockedObject, @Nullable String query,
		boolean isRoot) {

	static final String AUTOVACUUM = "autovacuum worker";

	/**
	 * Return whether it is an autovacuum, which gives way to a session that has waited
	 * for {@code deadlock_timeout}, unless it has to prevent a wraparound.
	 * @return whether it is one of any kind
	 */
	public boolean isAutovacuum() {
		return AUTOVACUUM.equals(this.backendType);
	}

	/**
	 * Return whether it is an autovacuum that never gives way.
	 * @return {@code false} also if the server does not let the role see it
	 */
	public boolean preventsWraparound() {
		return isAutovacuum() && this.query != null && this.query.contains("to prevent wraparound");
	}

	/**
	 * Return the same session some time later.
	 */
	Blocker after(Duration elapsed) {
		return (this.transactionAge == null) ? this
				: new Blocker(this.pid, this.user, this.application, this.client, this.backendType, this.state,
						this.transactionAge.plus(elapsed), this.lockMode, this.holdsLock, this.lockedObject, this.query,
						this.isRoot);
	}

	/**
	 * Return the SQL that makes it let go.
	 * @return a statement to copy; for a session that is idle in a transaction the one
	 * that ends the session, because there is no query to cancel
	 */
	public String release() {
		if (this.pid == 0) {
			return "SELECT gid, prepared, owner FROM pg_prepared_xacts; then ROLLBACK PREPARED '…'";
		}
		boolean isIdle = this.state != null && this.state.startsWith("idle");
		return "SELECT " + (isIdle ? "pg_terminate_backend(" : "pg_cancel_backend(") + this.pid + ")";
	}

	/**
	 * Return who it is, in few words and without its query.
	 * @return one line without a full stop
	 */
	public String identity() {
		if (this.pid == 0) {
			return "a prepared transaction";
		}
		List<String> parts = new ArrayList<>();
		add(parts, "application \"%s\"", this.application);
		add(parts, "user %s", this.user);
		add(parts, "from %s", this.client);
		add(parts, "%s", "client backend".equals(this.backendType) ? null : this.backendType);
		add(parts, "%s", this.state);
		if (this.transactionAge != null) {
			add(parts, "in its transaction for %s", seconds(this.transactionAge));
		}
		return "pid " + this.pid + (parts.isEmpty() ? "" : " (" + String.join(", ", parts) + ")");
	}

	private static void add(List<String> parts, String format, @Nullable String value) {
		if (value != null) {
			parts.add(format.formatted(value));
		}
	}

	private static String seconds(Duration duration) {
		return (duration.toSeconds() >= 10) ? duration.toSeconds() + " s"
				: String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
	}

	/**
	 * Return who it is, what it locks and what it runs.
	 */
	@Override
	public String toString() {
		String lock = (this.lockMode != null)
				? (this.holdsLock ? " holds " : " waits for ") + this.lockMode + " on " + this.lockedObject : "";
		return identity() + lock + ((this.query != null) ? ", query: " + this.query : "");
	}

}
