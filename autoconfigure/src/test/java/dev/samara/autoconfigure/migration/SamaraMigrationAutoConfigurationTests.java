package dev.samara.autoconfigure.migration;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

import dev.samara.autoconfigure.SamaraAutoConfiguration;
import dev.samara.migration.MigrationTarget;
import dev.samara.migration.Migrator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Everything that needs no server: nothing connects with {@code on-startup=off}.
 */
@ExtendWith(OutputCaptureExtension.class)
class SamaraMigrationAutoConfigurationTests {

	private static final String URL = "jdbc:postgresql://localhost:1/app";

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class, SamaraAutoConfiguration.class,
				SamaraMigrationAutoConfiguration.class))
		.withPropertyValues("samara.migrations.on-startup=off");

	private final ApplicationContextRunner withDataSource = this.runner.withPropertyValues(
			"spring.datasource.url=" + URL, "spring.datasource.username=app", "spring.datasource.password=app-secret");

	@Test
	void makesAMigratorAndItsInitializer(CapturedOutput output) {
		this.withDataSource.withPropertyValues("samara.migrations.table=journal").run((context) -> {
			assertThat(context).hasSingleBean(Migrator.class)
				.hasBean(SamaraMigrationAutoConfiguration.MIGRATOR_BEAN_NAME)
				.hasBean(MigrationInitializer.BEAN_NAME);
			assertThat(context.getBean(Migrator.class).settings().table()).isEqualTo("journal");
		});
		assertThat(output).containsOnlyOnce("Migrations are off (samara.migrations.on-startup=off)");
	}

	@Test
	void takesTheTargetAsItIsWritten() {
		this.withDataSource.withPropertyValues("samara.migrations.target=+1")
			.run((context) -> assertThat(context.getBean(Migrator.class).settings().target())
				.isEqualTo(new MigrationTarget.Steps(1)));
		this.withDataSource
			.withInitializer((context) -> context.getEnvironment()
				.getPropertySources()
				.addFirst(new MapPropertySource("what YAML makes of +1", Map.of("samara.migrations.target", 1))))
			.run((context) -> assertThat(context).getFailure().rootCause().isInstanceOf(InvalidTargetException.class));
	}

	@Test
	void leavesTheApplicationsDataSourceTheOnlyOne() {
		this.withDataSource.withPropertyValues("samara.migrations.user=owner")
			.run((context) -> assertThat(context).hasSingleBean(DataSource.class));
	}

	@Test
	void doesNothingWithoutADatabase() {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(SamaraAutoConfiguration.class, SamaraMigrationAutoConfiguration.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(Migrator.class)
				.doesNotHaveBean(MigrationInitializer.class));
	}

	@Test
	void doesNothingWhenDisabled() {
		this.withDataSource.withPropertyValues("samara.enabled=false", "samara.migrations.on-startup=migrate")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(Migrator.class)
				.doesNotHaveBean(MigrationInitializer.class));
	}

	@Test
	void doesNothingWithoutTheEngine() {
		this.withDataSource.withClassLoader(new FilteredClassLoader(Migrator.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(MigrationInitializer.class));
	}

	@Test
	void backsOffForTheApplicationsMigrator() {
		Migrator own = Migrator.builder(new SimpleDriverDataSource()).build();
		this.withDataSource.withBean("own", Migrator.class, () -> own)
			.run((context) -> assertThat(context).hasSingleBean(Migrator.class)
				.hasBean(MigrationInitializer.BEAN_NAME)
				.getBean(Migrator.class)
				.isSameAs(own));
	}

	@Test
	void backsOffForTheApplicationsMigratorAlsoIfSeveralDataSourcesMakeItUnclear() {
		this.runner.withBean("one", DataSource.class, UnusedDataSource::new)
			.withBean("two", DataSource.class, UnusedDataSource::new)
			.withBean(Migrator.class, () -> Migrator.builder(new UnusedDataSource()).build())
			.run((context) -> assertThat(context).hasNotFailed().hasBean(MigrationInitializer.BEAN_NAME));
	}

	@Test
	void backsOffForTheApplicationsInitializer() {
		this.withDataSource
			.withBean("own", MigrationInitializer.class,
					() -> new MigrationInitializer(List.of(), OnStartup.OFF, Migrator::migrate))
			.run((context) -> assertThat(context).hasSingleBean(MigrationInitializer.class).hasBean("own"));
	}

	@Test
	void saysThatOneOfSeveralDataSourcesMustBeMarked() {
		this.runner.withBean("one", DataSource.class, UnusedDataSource::new)
			.withBean("two", DataSource.class, UnusedDataSource::new)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOfSatisfying(NoMigrationDataSourceException.class,
						(ex) -> assertThat(ex.getRemedy()).contains("@MigrationDataSource", "@Primary")));
	}

	@Test
	void takesThePrimaryOfSeveralDataSources() {
		DataSource primary = new UnusedDataSource();
		this.runner.withBean("one", DataSource.class, UnusedDataSource::new)
			.withBean("two", DataSource.class, () -> primary, (definition) -> definition.setPrimary(true))
			.run((context) -> assertThat(context.getBean(MigrationDatabase.class).dataSource()).isSameAs(primary));
	}

	@Test
	void prefersTheMarkedDataSource() {
		this.withDataSource.withUserConfiguration(MarkedDataSource.class)
			.withPropertyValues("samara.migrations.url=jdbc:postgresql://localhost:1/other")
			.run((context) -> assertThat(context.getBean(MigrationDatabase.class).dataSource())
				.isSameAs(context.getBean("marked"))
				.isNotSameAs(context.getBean(DataSource.class)));
	}

	@Test
	void takesTheConfiguredUrlWithoutAPool() {
		this.runner
			.withPropertyValues("samara.migrations.url=jdbc:postgresql://localhost:1/other",
					"samara.migrations.user=owner", "samara.migrations.password=owner-secret")
			.run((context) -> assertThat(context.getBean(MigrationDatabase.class).dataSource())
				.isInstanceOfSatisfying(SimpleDriverDataSource.class, (dataSource) -> {
					assertThat(dataSource.getUrl()).isEqualTo("jdbc:postgresql://localhost:1/other");
					assertThat(dataSource.getUsername()).isEqualTo("owner");
					assertThat(dataSource.getPassword()).isEqualTo("owner-secret");
				}));
	}

	@Test
	void takesTheApplicationsUrlWithTheConfiguredUser() {
		this.withDataSource
			.withPropertyValues("samara.migrations.user=owner", "samara.migrations.password=owner-secret")
			.run((context) -> assertThat(context.getBean(MigrationDatabase.class).dataSource())
				.isInstanceOfSatisfying(SimpleDriverDataSource.class, (dataSource) -> {
					assertThat(dataSource.getUrl()).isEqualTo(URL);
					assertThat(dataSource.getUsername()).isEqualTo("owner");
					assertThat(dataSource.getPassword()).isEqualTo("owner-secret");
				}));
	}

	@Test
	void makesWhateverUsesTheDatabaseWait() {
		this.withDataSource
			.withConfiguration(
					AutoConfigurations.of(JdbcTemplateAutoConfiguration.class, JdbcClientAutoConfiguration.class))
			.run((context) -> {
				String client = context.getBeanNamesForType(JdbcClient.class)[0];
				assertThat(context.getBeanFactory().getBeanDefinition(client).getDependsOn())
					.contains(MigrationInitializer.BEAN_NAME);
			});
	}

	@Configuration(proxyBeanMethods = false)
	static class MarkedDataSource {

		@Bean(defaultCandidate = false)
		@MigrationDataSource
		DataSource marked() {
			return new UnusedDataSource();
		}

	}

	static class UnusedDataSource extends AbstractDataSource {

		@Override
		public Connection getConnection() throws SQLException {
			throw new SQLException("Nobody should connect");
		}

		@Override
		public Connection getConnection(String username, String password) throws SQLException {
			return getConnection();
		}

	}

}
