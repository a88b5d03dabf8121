package dev.samara.sample.torture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An application that migrates and ends: with 0 if it came up, and with 1 if it did not.
 */
final class Instance implements AutoCloseable {

	private static final Pattern APPLIED = Pattern.compile(" : Applied (\\S+)(?: \\(.*?\\))? in \\d+ ms");

	private final Process process;

	private final Link link;

	private final Path log;

	Instance(List<String> command, Link link, Path log) {
		this.link = link;
		this.log = log;
		try {
			this.process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	Link link() {
		return this.link;
	}

	long pid() {
		return this.process.pid();
	}

	void kill() {
		this.process.destroyForcibly();
		try {
			this.process.waitFor();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	void pause() {
		Signals.send("STOP", this.process.pid());
	}

	void resume() {
		Signals.send("CONT", this.process.pid());
	}

	boolean isAlive() {
		return this.process.isAlive();
	}

	boolean awaitEnd(Duration time) throws InterruptedException {
		return this.process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
	}

	int exitCode() {
		return this.process.exitValue();
	}

	/**
	 * The migrations of a run that the log says has succeeded. Until then a crash of the
	 * server may take the last ones away, with their records.
	 */
	Set<String> applied() {
		String log = log();
		int end = log.lastIndexOf(" : Migrated");
		return APPLIED.matcher((end < 0) ? "" : log.substring(0, end))
			.results()
			.map(Instance::key)
			.collect(Collectors.toSet());
	}

	private static String key(MatchResult line) {
		String name = line.group(1);
		return name.startsWith("R:") ? name.substring(2) : "V" + name;
	}

	String log() {
		try {
			return Files.readString(this.log);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		kill();
		this.link.close();
	}

}
