package dev.samara.sample.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.beans.BeansException;
import org.springframework.core.io.Resource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

import dev.samara.environment.Application;
import dev.samara.migration.MigrationSettings;
import dev.samara.migration.Migrator;
import dev.samara.testing.TestDatabase;

/**
 * A program that migrates and ends, with the engine and nothing else on its class path:
 * so small that dozens of them can run at once.
 */
final class MigratingProgram {

	private static final List<Class<?>> ENGINE = List.of(MigratingProgram.class, Migrator.class, JdbcTemplate.class,
			DataAccessException.class, BeansException.class, Resource.class, LogFactory.class, Nullable.class,
			PGSimpleDataSource.class);

	private MigratingProgram() {
	}

	/**
	 * Migrates. The environment variable PGPASSWORD holds the password.
	 * @param arguments the name of the instance; URL and user of the database; the
	 * location of the migrations
	 */
	public static void main(String[] arguments) {
		PGSimpleDataSource dataSource = new PGSimpleDataSource();
		dataSource.setUrl(arguments[1]);
		dataSource.setUser(arguments[2]);
		dataSource.setPassword(System.getenv("PGPASSWORD"));
		Migrator.builder(dataSource)
			.settings(MigrationSettings.builder()
				.locations(arguments[3])
				.lockWait(Duration.ofMinutes(5))
				.application(new Application(arguments[0], null))
				.build())
			.build()
			.migrate();
	}

	static Process start(TestDatabase database, String name, String location, Path log) {
		ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", classPath(),
				MigratingProgram.class.getName(), name, database.url(), database.username(), location);
		builder.environment().put("PGPASSWORD", database.password());
		try {
			return builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String classPath() {
		return ENGINE.stream().map(MigratingProgram::home).distinct().collect(Collectors.joining(File.pathSeparator));
	}

	private static String home(Class<?> type) {
		try {
			return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
		}
		catch (URISyntaxException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
