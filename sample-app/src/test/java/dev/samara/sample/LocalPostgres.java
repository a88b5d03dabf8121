package dev.samara.sample;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A PostgreSQL server that lives as long as the application and whose data live longer.
 */
final class LocalPostgres implements Closeable {

	private static final Log logger = LogFactory.getLog(LocalPostgres.class);

	private final FileChannel lock;

	private final EmbeddedPostgres server;

	private final Path data;

	private LocalPostgres(FileChannel lock, EmbeddedPostgres server, Path data) {
		this.lock = lock;
		this.server = server;
		this.data = data;
	}

	/**
	 * Starts the server on a free port.
	 * @param folder where the data are, or will be; one application at a time can use it
	 * @return the running server
	 * @throws IOException if the server does not start
	 */
	static LocalPostgres start(Path folder) throws IOException {
		Path data = Files.createDirectories(folder.toAbsolutePath()).resolve("postgres");
		FileChannel lock = lock(folder.resolve("postgres.lock"));
		try {
			OrphanedPostgres.stop(data);
			EmbeddedPostgres server = EmbeddedPostgres.builder()
				.setDataDirectory(data)
				.setCleanDataDirectory(false)
				// The context closes it, after the connection pool.
				.setRegisterShutdownHook(false)
				.setServerConfig("fsync", "on")
				.setServerConfig("synchronous_commit", "on")
				.setPGStartupWait(Duration.ofSeconds(60))
				.start();
			return new LocalPostgres(lock, server, data);
		}
		catch (IOException | RuntimeException ex) {
			lock.close();
			throw ex;
		}
	}

	/**
	 * The operating system gives the lock back when the process ends, however it ends.
	 */
	private static FileChannel lock(Path file) throws IOException {
		FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
		if (channel.tryLock() == null) {
			channel.close();
			throw new IllegalStateException("Another application uses " + file.toAbsolutePath().getParent()
					+ "; stop it, or name a server with spring.datasource.url");
		}
		return channel;
	}

	/**
	 * Creates the database unless it is there from an earlier run.
	 * @param name a name that needs no quotes
	 * @return the database's URL
	 */
	String database(String name) {
		JdbcClient jdbc = JdbcClient.create(this.server.getPostgresDatabase());
		boolean exists = jdbc.sql("SELECT EXISTS (SELECT FROM pg_database WHERE datname = ?)")
			.param(name)
			.query(Boolean.class)
			.single();
		if (!exists) {
			jdbc.sql("CREATE DATABASE " + name).update();
		}
		String url = "jdbc:postgresql://localhost:" + this.server.getPort() + "/" + name;
		logger.info("The database is " + url + " (user postgres, no password), kept in " + this.data);
		return url;
	}

	@Override
	public void close() throws IOException {
		this.server.close();
		this.lock.close();
	}

}
