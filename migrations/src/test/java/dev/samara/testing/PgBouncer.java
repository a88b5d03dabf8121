package dev.samara.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A PgBouncer between a test and its database. It refuses to run as root, and is started
 * as {@code nobody} then.
 *
 * @since 0.1.0
 */
public final class PgBouncer implements AutoCloseable {

	private final TestDatabase database;

	private final Path folder;

	private final int port;

	private final Process process;

	private PgBouncer(TestDatabase database, Path folder, int port, Process process) {
		this.database = database;
		this.folder = folder;
		this.port = port;
		this.process = process;
	}

	/**
	 * Starts a pooler in session mode; the test is skipped if there is none.
	 * @param database the database it leads to
	 * @param size number of server sessions it opens at most
	 * @return a pooler that accepts connections; the caller closes it
	 */
	public static PgBouncer inSessionMode(TestDatabase database, int size) {
		return start(database, "session", size);
	}

	/**
	 * Starts a pooler in transaction mode; the test is skipped if there is none.
	 * @param database the database it leads to
	 * @param size number of server sessions it opens at most
	 * @return a pooler that accepts connections; the caller closes it
	 */
	public static PgBouncer inTransactionMode(TestDatabase database, int size) {
		return start(database, "transaction", size);
	}

	private static PgBouncer start(TestDatabase database, String mode, int size) {
		String binary = find("pgbouncer").orElse(null);
		Assumptions.assumeTrue(binary != null, "No pgbouncer on the PATH or in /usr/sbin");
		try {
			int port = freePort();
			Path folder = Files.createTempDirectory("pgbouncer",
					PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
			Path config = folder.resolve("pgbouncer.ini");
			Files.writeString(config, config(database, mode, size, port));
			Process process = new ProcessBuilder(command(binary, config)).redirectErrorStream(true)
				.redirectOutput(folder.resolve("log").toFile())
				.start();
			PgBouncer pooler = new PgBouncer(database, folder, port, process);
			pooler.awaitDoor();
			return pooler;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String config(TestDatabase database, String mode, int size, int port) {
		PGSimpleDataSource server = database.dataSource();
		return """
				[databases]
				%1$s = host=%2$s port=%3$d dbname=%1$s user=%4$s password='%5$s'
				[pgbouncer]
				listen_addr = 127.0.0.1
				listen_port = %6$d
				unix_socket_dir =
				auth_type = any
				pool_mode = %7$s
				default_pool_size = %8$d
				max_client_conn = 200
				ignore_startup_parameters = extra_float_digits
				""".formatted(database.name(), server.getServerNames()[0], server.getPortNumbers()[0],
				database.username(), database.password(), port, mode, size);
	}

	private static List<String> command(String binary, Path config) {
		List<String> command = new ArrayList<>();
		if ("root".equals(System.getProperty("user.name"))) {
			String runuser = find("runuser").orElse(null);
			Assumptions.assumeTrue(runuser != null, "No runuser to start pgbouncer with as somebody else than root");
			command.addAll(List.of(String.valueOf(runuser), "-u", "nobody", "--"));
		}
		command.addAll(List.of(binary, config.toString()));
		return command;
	}

	private static Optional<String> find(String program) {
		String path = System.getenv().getOrDefault("PATH", "") + File.pathSeparator + "/usr/sbin" + File.pathSeparator
				+ "/sbin";
		return Stream.of(path.split(File.pathSeparator))
			.map((folder) -> Path.of(folder, program))
			.filter(Files::isExecutable)
			.map(Path::toString)
			.findFirst();
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	private void awaitDoor() throws IOException {
		for (int i = 0; i < 100; i++) {
			try (Socket socket = new Socket()) {
				socket.connect(new InetSocketAddress("127.0.0.1", this.port), 1000);
				return;
			}
			catch (IOException ex) {
				pause();
			}
		}
		String log = Files.readString(this.folder.resolve("log"));
		close();
		throw new IOException("PgBouncer does not start: " + log);
	}

	private static void pause() {
		try {
			Thread.sleep(50);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while PgBouncer started", ex);
		}
	}

	/**
	 * A data source without a pool of its own.
	 * @return a data source whose connections go through the pooler
	 */
	public PGSimpleDataSource dataSource() {
		String url = "jdbc:postgresql://127.0.0.1:%d/%s".formatted(this.port, this.database.name());
		return TestServer.dataSource(url, new TestServer.Login(this.database.username(), this.database.password()));
	}

	@Override
	public void close() {
		this.process.descendants().forEach(ProcessHandle::destroy);
		this.process.destroy();
		try {
			this.process.waitFor(10, TimeUnit.SECONDS);
			try (Stream<Path> files = Files.list(this.folder)) {
				for (Path file : files.toList()) {
					Files.delete(file);
				}
			}
			Files.delete(this.folder);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
