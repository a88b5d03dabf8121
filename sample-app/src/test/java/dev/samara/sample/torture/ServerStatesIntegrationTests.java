package dev.samara.sample.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

import dev.samara.migration.MigrationFailedException;
import dev.samara.migration.MigrationSettings;
import dev.samara.migration.MigrationValidationException;
import dev.samara.migration.Migrator;
import dev.samara.postgres.DatabaseUnavailableException;
import dev.samara.testing.Scripts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A server that cannot be written to, or has no room: a clear error, and nothing half
 * done.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "Has no user namespaces and no tmpfs")
class ServerStatesIntegrationTests {

	private static MortalServer server;

	@BeforeAll
	static void start(@TempDir Path folder) {
		server = MortalServer.create(folder);
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@Test
	void readsFromAStandbyAndMigratesWhenItIsPromoted(@TempDir Path folder) throws Exception {
		Scripts scripts = Scripts.in(folder).add("V1__a.sql", "CREATE TABLE a (id integer)");
		Migrator migrator = migrator("standby", scripts);
		migrator.migrate();
		server.becomeStandby();

		assertThat(migrator.migrate().applied()).isEmpty();
		assertThat(migrator.validate().pending()).isEmpty();
		assertThat(migrator.awaitMigrated().pending()).isEmpty();
		scripts.add("V2__b.sql", "CREATE TABLE b (id integer)");
		assertThatExceptionOfType(DatabaseUnavailableException.class).isThrownBy(migrator::migrate)
			.withMessageContaining("The server is a standby")
			.satisfies((ex) -> assertThat(ex.getRemedy()).isNotBlank());
		assertThatExceptionOfType(MigrationValidationException.class).isThrownBy(migrator::validate)
			.withMessageContaining("V2__b.sql");
		assertThat(migrator.plan().steps()).hasSize(1);
		assertThat(migrator.status().pending()).hasSize(1);

		server.promote();
		assertThat(migrator.migrate().applied()).hasSize(1);
	}

	@Test
	void saysThatTheDiskIsFullAndLeavesNothing(@TempDir Path folder) throws Exception {
		Path disk = Files.createDirectory(folder.resolve("disk"));
		Assumptions.assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk.toString()),
				"A small disk can be mounted by root only");
		try {
			JdbcTemplate admin = new JdbcTemplate(server.dataSource("postgres", MortalServer.SUPERUSER));
			admin.execute("CREATE TABLESPACE small LOCATION '" + disk + "'");
			Scripts scripts = Scripts.in(Files.createDirectory(folder.resolve("scripts")))
				.add("V1__a.sql", "CREATE TABLE a (id integer)")
				.add("V2__big.sql", """
						CREATE TABLE b (text text) TABLESPACE small;
						INSERT INTO b SELECT repeat(md5(i::text), 10) FROM generate_series(1, 20000) i;
						""");
			Migrator migrator = migrator("full", scripts);

			assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(migrator::migrate)
				.withMessageContaining("V2__big.sql:2:1")
				.withMessageContaining("No space left on device [53100]")
				.satisfies((ex) -> assertThat(ex.getRemedy()).contains("Make room"));

			JdbcTemplate jdbc = new JdbcTemplate(server.dataSource("full", MortalServer.SUPERUSER));
			assertThat(jdbc.queryForObject("SELECT to_regclass('b') IS NULL", Boolean.class)).isTrue();
			assertThat(jdbc.queryForList("SELECT version || ' ' || event FROM samara_migrations ORDER BY id",
					String.class))
				.containsExactly("1 APPLIED", "2 FAILED");
			run("mount", "-o", "remount,size=100m", disk.toString());
			assertThat(migrator.migrate().applied()).hasSize(1);
		}
		finally {
			new JdbcTemplate(server.dataSource("postgres", MortalServer.SUPERUSER))
				.execute("DROP DATABASE IF EXISTS \"full\" WITH (FORCE)");
			run("umount", "-l", disk.toString());
		}
	}

	private static Migrator migrator(String database, Scripts scripts) {
		new JdbcTemplate(server.dataSource("postgres", MortalServer.SUPERUSER))
			.execute("CREATE DATABASE \"" + database + "\" TEMPLATE template0");
		return Migrator.builder(server.dataSource(database, MortalServer.SUPERUSER))
			.settings(MigrationSettings.builder()
				.locations(List.of(scripts.location()))
				.lockWait(Duration.ofSeconds(5))
				.build())
			.build();
	}

	private static boolean run(String... command) throws IOException, InterruptedException {
		return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
	}

}
