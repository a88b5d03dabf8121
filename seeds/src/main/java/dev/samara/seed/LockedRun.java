package dev.samara.seed;

import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import dev.samara.environment.Application;
import dev.samara.environment.Environment;
import dev.samara.lock.HeldLock;
import dev.samara.lock.LockOwner;
import dev.samara.lock.LockRequest;
import dev.samara.postgres.PostgresConnection;
import dev.samara.postgres.WorkSession;

/**
 * A run that changes something, while it holds the lock that lets only one do so.
 *
 * @param id the run, as it stands in the history
 * @param application the application that runs
 * @param host its host, or {@code null}
 * @param history the history, found in its schema, which writes only while the lock is
 * held
 * @param session the session, made ready
 * @param lock the lock
 */
record LockedRun(String id, Application application, @Nullable String host, SeedHistory history, WorkSession session,
		HeldLock lock) {

	/**
	 * Make the session ready, take the lock, do the work, and give back all of it. Where
	 * there is no history yet it belongs beside the mark of the environment, so that no
	 * second mark hides the first one.
	 * @param before what is done before the lock is asked for, which may have to be made
	 */
	static <T> T hold(SeedSettings settings, DataSource dataSource, PostgresConnection connection,
			Consumer<Unlocked> before, Function<LockedRun, T> work) {
		String id = UUID.randomUUID().toString();
		Application application = settings.application().spelled(connection::storable);
		String host = Application.host();
		LockRequest request = new LockRequest(dataSource, settings.lock(), settings.lockWait(),
				new LockOwner(id, application.sessionName(), application.name(), host));
		try (WorkSession session = request.open(connection, settings.schema())) {
			SeedHistory unlocated = SeedHistory.of(settings);
			SeedHistory located = new SeedHistory(session.locate(unlocated.table(), unlocated.mark().table()));
			before.accept(new Unlocked(located, session));
			try (HeldLock lock = request.acquire(connection, session, located.mark().table())) {
				return work.apply(new LockedRun(id, application, host, new SeedHistory(located.table(), lock.fence()),
						session, lock));
			}
		}
	}

	/**
	 * Return who writes into the history.
	 * @param environment the environment in force, or {@code null}
	 */
	SeedHistory.Run in(@Nullable Environment environment) {
		return new SeedHistory.Run(this.id, environment, this.application, this.host);
	}

	/**
	 * The run before it holds the lock.
	 *
	 * @param history the history, to be read only
	 * @param session the session, made ready
	 */
	record Unlocked(SeedHistory history, WorkSession session) {

	}

}
