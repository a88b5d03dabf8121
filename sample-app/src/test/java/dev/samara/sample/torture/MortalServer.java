package dev.samara.sample.torture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.awaitility.Awaitility;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A PostgreSQL server of its own that can be stopped the hard way and started again. It
 * has its defaults, those of durability above all. System property {@value #BINARIES}
 * names the folder of another server's programs; those of the embedded one are used
 * otherwise.
 */
final class MortalServer implements AutoCloseable {

	static final String SUPERUSER = "postgres";

	private static final String BINARIES = "samara.test.torture.binaries";

	private final Path binaries;

	private final Path data;

	private final Path log;

	private final int port;

	private final List<String> withoutRoot;

	private final Thread atExit = new Thread(this::close, "mortal-server-stop");

	private MortalServer(Path binaries, Path folder) throws IOException {
		this.binaries = binaries;
		this.data = folder.resolve("data");
		this.log = folder.resolve("server.log");
		try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			this.port = free.getLocalPort();
		}
		// PostgreSQL refuses root; in a user namespace nobody is root.
		this.withoutRoot = "root".equals(System.getProperty("user.name")) ? List.of("unshare", "-U") : List.of();
	}

	static MortalServer create(Path folder) {
		try {
			MortalServer server = new MortalServer(binaries(), folder);
			server.run("initdb", "-D", server.data.toString(), "-U", SUPERUSER, "-A", "trust", "-E", "UTF8",
					"--no-locale");
			Runtime.getRuntime().addShutdownHook(server.atExit);
			server.start();
			return server;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Path binaries() throws IOException {
		String given = System.getProperty(BINARIES, "");
		if (!given.isBlank()) {
			return Path.of(given);
		}
		try (EmbeddedPostgres embedded = EmbeddedPostgres.start();
				Connection connection = embedded.getPostgresDatabase().getConnection();
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("SELECT setting FROM pg_config WHERE name = 'BINDIR'")) {
			row.next();
			return Path.of(row.getString(1));
		}
		catch (SQLException ex) {
			throw new IllegalStateException("The embedded server does not say where its programs are", ex);
		}
	}

	void start() {
		run("pg_ctl", "start", "-D", this.data.toString(), "-l", this.log.toString(), "-w", "-t", "60", "-o",
				"-p " + this.port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories='' "
						+ "-c max_connections=60 -c shared_buffers=16MB -c timezone=Asia/Kathmandu");
	}

	/**
	 * Ends the server without a checkpoint; what was committed is in its log only.
	 */
	void stopImmediately() {
		run("pg_ctl", "stop", "-D", this.data.toString(), "-m", "immediate", "-w");
	}

	/**
	 * Stops the server and starts it again as a standby that has nobody to follow.
	 */
	void becomeStandby() throws IOException {
		stopImmediately();
		Files.createFile(this.data.resolve("standby.signal"));
		start();
	}

	/**
	 * Makes the standby a server that can be written to.
	 */
	void promote() {
		run("pg_ctl", "promote", "-D", this.data.toString(), "-w");
	}

	/**
	 * Ends all processes of the server by SIGKILL.
	 */
	void crash() {
		ProcessHandle postmaster = ProcessHandle.of(pid()).orElseThrow();
		// So that it starts no further process while they are counted.
		Signals.send("STOP", postmaster.pid());
		List<ProcessHandle> all = Stream.concat(postmaster.descendants(), Stream.of(postmaster)).toList();
		all.forEach(ProcessHandle::destroyForcibly);
		Awaitility.await("end of the server")
			.atMost(Duration.ofSeconds(20))
			.pollInterval(Duration.ofMillis(10))
			.until(() -> all.stream().noneMatch(Signals::isRunning));
		try {
			// A process that nobody has buried yet would count as a server that runs.
			Files.deleteIfExists(this.data.resolve("postmaster.pid"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	PGSimpleDataSource dataSource(String database, String user) {
		PGSimpleDataSource dataSource = new PGSimpleDataSource();
		dataSource.setServerNames(new String[] { "127.0.0.1" });
		dataSource.setPortNumbers(new int[] { this.port });
		dataSource.setDatabaseName(database);
		dataSource.setUser(user);
		return dataSource;
	}

	int port() {
		return this.port;
	}

	@Override
	public void close() {
		if (Files.exists(this.data.resolve("postmaster.pid"))) {
			stopImmediately();
		}
		if (Thread.currentThread() != this.atExit) {
			Runtime.getRuntime().removeShutdownHook(this.atExit);
		}
	}

	private long pid() {
		try {
			return Long.parseLong(Files.readAllLines(this.data.resolve("postmaster.pid")).get(0).strip());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void run(String program, String... arguments) {
		List<String> command = new ArrayList<>(this.withoutRoot);
		command.add(this.binaries.resolve(program).toString());
		command.addAll(List.of(arguments));
		try {
			Path output = this.log.resolveSibling(program + ".log");
			Process process = new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(output.toFile())
				.start();
			if (process.waitFor() != 0) {
				throw new IllegalStateException(program + " failed: " + Files.readString(output)
						+ (Files.exists(this.log) ? Files.readString(this.log) : ""));
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
