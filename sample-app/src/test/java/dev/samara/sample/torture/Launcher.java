package dev.samara.sample.torture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Starts the application's jar, as cheaply as the production of Spring Boot describes it:
 * extracted, and with an archive of its classes.
 */
final class Launcher {

	private static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();

	private static final List<String> LEAN = List.of("-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
			"-Xshare:auto");

	private final MortalServer server;

	private final Path folder;

	private final Path scripts;

	private final List<String> arguments;

	private final Path jar;

	private final Path classes;

	private int started;

	/**
	 * @param folder where jars and logs go
	 * @param scripts the folder of the migrations
	 * @param arguments further arguments of the application
	 */
	Launcher(MortalServer server, Path folder, Path scripts, List<String> arguments) {
		this.server = server;
		this.folder = folder;
		this.scripts = scripts;
		this.arguments = arguments;
		Path original = Path.of(System.getProperty("samara.test.jar"));
		this.jar = folder.resolve("application").resolve(original.getFileName());
		this.classes = folder.resolve("application.jsa");
		runToEnd(List.of(JAVA, "-Djarmode=tools", "-jar", original.toString(), "extract", "--destination",
				this.jar.getParent().toString()));
		removeCode();
	}

	/** The scripts of the test are all there is: code works on tables of the sample. */
	private void removeCode() {
		try (FileSystem content = FileSystems.newFileSystem(this.jar)) {
			Files.delete(content.getPath("dev/samara/sample/order/V15__AsciiEmailDomains.class"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Makes the archive of classes, by a run that has something to do.
	 */
	void warmUp(TortureDatabase database) {
		Link link = Link.open(this.server, Trigger.never());
		try (link) {
			runToEnd(command(database, link, "-XX:ArchiveClassesAtExit=" + this.classes));
		}
	}

	Instance start(TortureDatabase database, Trigger trigger) {
		Link link = Link.open(this.server, trigger);
		return new Instance(command(database, link, "-XX:SharedArchiveFile=" + this.classes), link,
				this.folder.resolve("instance-" + ++this.started + ".log"));
	}

	private List<String> command(TortureDatabase database, Link link, String option) {
		List<String> command = new ArrayList<>(List.of(JAVA));
		command.addAll(LEAN);
		Stream
			.of(option, "-jar", this.jar.toString(), "--spring.main.web-application-type=none",
					"--spring.main.lazy-initialization=true", "--spring.main.banner-mode=off",
					"--spring.profiles.active=dev", "--samara.claim-database=" + database.name(),
					"--samara.migrations.on-non-empty=migrate", "--spring.datasource.url=" + link.url(database.name()),
					"--spring.datasource.username=" + TortureDatabase.OWNER,
					"--spring.datasource.hikari.maximum-pool-size=2", "--samara.seeds.enabled=false",
					"--samara.migrations.locations=file:" + this.scripts, "--samara.migrations.out-of-order=fail",
					"--samara.migrations.lock-wait=60s")
			.forEach(command::add);
		command.addAll(this.arguments);
		return command;
	}

	private void runToEnd(List<String> command) {
		Path log = this.folder.resolve("preparation.log");
		try {
			Process process = new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(log.toFile())
				.start();
			if (!process.waitFor(Duration.ofMinutes(2).toMillis(), TimeUnit.MILLISECONDS) || process.exitValue() != 0) {
				process.destroyForcibly();
				throw new IllegalStateException("Failed: " + command + "\n" + Files.readString(log));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
