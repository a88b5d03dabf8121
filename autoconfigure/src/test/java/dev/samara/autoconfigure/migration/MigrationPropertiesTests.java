package dev.samara.autoconfigure.migration;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.io.ByteArrayResource;

import dev.samara.autoconfigure.RunningApplication;
import dev.samara.environment.Application;
import dev.samara.environment.Environment;
import dev.samara.migration.MigrationSettings;
import dev.samara.migration.OutOfOrder;

import static org.assertj.core.api.Assertions.assertThat;

class MigrationPropertiesTests {

	private static final RunningApplication RUNNING = new RunningApplication(null, Application.UNKNOWN, null);

	@Test
	void haveTheDefaultsOfTheEngine() throws IOException {
		assertThat(bind("").settings(RUNNING)).isEqualTo(MigrationSettings.builder().build());
		assertThat(bind("").onStartup()).isEqualTo(OnStartup.MIGRATE);
	}

	@Test
	void reachTheEngine() throws IOException {
		RunningApplication running = new RunningApplication(Environment.PROD, new Application("billing", "1"), null);

		MigrationSettings settings = bind("""
				locations: [ "classpath:a", "file:/b" ]
				schema: app
				table: journal
				target: "1.10"
				out-of-order: warn
				lock-timeout: 3s
				retries: 4
				lock-wait: 5m
				lock: lease
				statement-timeout: 6s
				replace-placeholders: true
				placeholders: { app-user: s3cret }
				""").settings(running);

		assertThat(settings).hasToString("MigrationSettings[locations=[classpath:a, file:/b], schema=app, "
				+ "table=journal, target=1.10, outOfOrder=WARN, onNonEmpty=FAIL, lockTimeout=PT3S, retries=4, lockWait=PT5M, lock=LEASE, statementTimeout=PT6S, "
				+ "environment=prod, claimedDatabase=null, application=Application[name=billing, version=1], "
				+ "placeholders=Placeholders[enabled=true, names=[app-user]]]");
		assertThat(settings.placeholders().values()).containsExactly(Map.entry("app-user", "s3cret"));
	}

	/** YAML reads a bare "off" as a boolean. */
	@ParameterizedTest
	@CsvSource({ "migrate,MIGRATE", "validate,VALIDATE", "off,OFF", "'\"off\"',OFF" })
	void knowTheModesOfTheStartup(String text, OnStartup expected) throws IOException {
		assertThat(bind("on-startup: " + text).onStartup()).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "fail,FAIL", "warn,WARN", "allow,ALLOW" })
	void knowThePoliciesForOutOfOrder(String text, OutOfOrder expected) throws IOException {
		assertThat(bind("out-of-order: " + text).outOfOrder()).isEqualTo(expected);
	}

	@Test
	void keepCredentialsToThemselves() throws IOException {
		assertThat(bind("""
				url: jdbc:postgresql://localhost/a?password=s3cret
				user: u5er
				password: s3cret
				placeholders: { app-user: s3cret }
				""")).asString().doesNotContain("s3cret", "u5er");
	}

	private static MigrationProperties bind(String yaml) throws IOException {
		MutablePropertySources sources = new MutablePropertySources();
		String document = ("samara.migrations:\n" + yaml).replace("\n", "\n  ");
		new YamlPropertySourceLoader().load("test", new ByteArrayResource(document.getBytes(StandardCharsets.UTF_8)))
			.forEach(sources::addLast);
		return new Binder(ConfigurationPropertySources.from(sources), null,
				ApplicationConversionService.getSharedInstance())
			.bindOrCreate("samara.migrations", MigrationProperties.class);
	}

}
