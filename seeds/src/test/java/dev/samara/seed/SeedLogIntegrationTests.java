package dev.samara.seed;

import java.nio.file.Path;
import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

import dev.samara.environment.Environment;
import dev.samara.testing.PostgresTest;
import dev.samara.testing.Scripts;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

@PostgresTest
class SeedLogIntegrationTests {

	private final TestDatabase database;

	private final Logger logger = (Logger) LoggerFactory.getLogger(SeedRunner.class);

	private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

	SeedLogIntegrationTests(TestDatabase database) {
		this.database = database;
	}

	@BeforeEach
	void listen() {
		this.logger.setLevel(Level.INFO);
		this.logger.setAdditive(false);
		this.logger.addAppender(this.appender);
		this.appender.start();
	}

	@AfterEach
	void stopListening() {
		this.logger.detachAppender(this.appender);
		this.logger.setAdditive(true);
		this.logger.setLevel(null);
	}

	@Test
	void saysWhatARunDoes(@TempDir Path folder) {
		Scripts scripts = Scripts.in(folder)
			.add("common/001_a.sql", "SELECT 1")
			.add("dev/001_b.sql", "SELECT 1; SELECT 2")
			.add("prod/001_c.sql", "SELECT 1");

		run(scripts);
		assertThat(lines()).containsExactly(
				"Applying 2 seeds (environment dev, level all): common/001_a.sql, dev/001_b.sql",
				"Applied common/001_a.sql in # ms, 1 statement, 1 row",
				"Applied dev/001_b.sql in # ms, 2 statements, 2 rows",
				"Seeded: 2 applied, 0 unchanged, 1 not for this environment or level, in # ms");

		run(scripts);
		assertThat(lines()).containsExactly(
				"Nothing to seed: 2 seeds unchanged, 1 not for this environment or level, checked in # ms");
	}

	private void run(Scripts scripts) {
		this.appender.list.clear();
		SeedRunner.builder(this.database.dataSource())
			.settings(SeedSettings.builder().locations(scripts.location()).environment(Environment.DEV).build())
			.build()
			.run();
	}

	private List<String> lines() {
		return this.appender.list.stream()
			.map((event) -> event.getFormattedMessage().replaceAll("in \\d+ ms", "in # ms"))
			.toList();
	}

}
