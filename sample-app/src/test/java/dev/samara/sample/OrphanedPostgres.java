package dev.samara.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A server that went on after its application was killed.
 */
final class OrphanedPostgres {

	private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(10);

	private OrphanedPostgres() {
	}

	/**
	 * Stops the server that works on this data directory, if there is one, and removes
	 * the file by which it would keep others out.
	 */
	static void stop(Path data) throws IOException {
		Path pidFile = data.resolve("postmaster.pid");
		if (!Files.exists(pidFile)) {
			return;
		}
		Optional<ProcessHandle> postmaster = postmaster(Files.readAllLines(pidFile));
		if (postmaster.isPresent()) {
			terminate(postmaster.get());
		}
		Files.deleteIfExists(pidFile);
	}

	/**
	 * A process number is used again sooner or later: only together with the time of the
	 * start does it identify the server.
	 */
	private static Optional<ProcessHandle> postmaster(List<String> pidFile) {
		if (pidFile.size() < 3) {
			return Optional.empty();
		}
		Instant started = Instant.ofEpochSecond(Long.parseLong(pidFile.get(2).trim()));
		return ProcessHandle.of(Long.parseLong(pidFile.get(0).trim()))
			.filter((process) -> process.info()
				.startInstant()
				.filter((instant) -> Duration.between(started, instant).abs().compareTo(CLOCK_TOLERANCE) < 0)
				.isPresent());
	}

	private static void terminate(ProcessHandle postmaster) throws IOException {
		postmaster.destroy();
		try {
			postmaster.onExit().get(30, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("Interrupted while PostgreSQL stopped", ex);
		}
		catch (Exception ex) {
			throw new IOException("PostgreSQL (process " + postmaster.pid() + ") does not stop; end it and try again",
					ex);
		}
	}

}
