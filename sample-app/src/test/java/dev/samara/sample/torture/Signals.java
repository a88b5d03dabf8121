package dev.samara.sample.torture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * What Java cannot do to processes, or see of them.
 */
final class Signals {

	private Signals() {
	}

	static void send(String signal, long pid) {
		try {
			new ProcessBuilder("kill", "-" + signal, String.valueOf(pid)).start().waitFor();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Whether a process still does something: one that is dead, but not buried by its
	 * parent, does not.
	 */
	static boolean isRunning(ProcessHandle process) {
		if (!process.isAlive()) {
			return false;
		}
		try {
			String stat = Files.readString(Path.of("/proc", String.valueOf(process.pid()), "stat"));
			return !stat.substring(stat.lastIndexOf(')') + 1).strip().startsWith("Z");
		}
		catch (NoSuchFileException ex) {
			return Files.isDirectory(Path.of("/proc/self")) ? false : process.isAlive();
		}
		catch (IOException ex) {
			return false;
		}
	}

}
