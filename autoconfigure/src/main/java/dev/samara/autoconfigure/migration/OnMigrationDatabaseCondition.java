package dev.samara.autoconfigure.migration;

import javax.sql.DataSource;

import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;

/**
 * Matches if there is a database to migrate.
 */
final class OnMigrationDatabaseCondition extends AnyNestedCondition {

	OnMigrationDatabaseCondition() {
		super(ConfigurationPhase.REGISTER_BEAN);
	}

	@ConditionalOnBean(DataSource.class)
	private static final class DataSourceBean {

	}

	@ConditionalOnProperty("samara.migrations.url")
	private static final class OwnUrl {

	}

}
