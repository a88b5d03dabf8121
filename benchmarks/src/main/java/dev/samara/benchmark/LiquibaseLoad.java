package dev.samara.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.logging.Level;
import java.util.logging.Logger;

import liquibase.Liquibase;
import liquibase.UpdateSummaryEnum;
import liquibase.database.jvm.JdbcConnection;
import liquibase.resource.DirectoryResourceAccessor;

import dev.samara.testing.TestDatabase;

/**
 * The same file as Liquibase loads it: a change set with {@code loadUpdateData}, which is
 * run again because it has changed.
 */
final class LiquibaseLoad {

	private static final String CHANGE_LOG = "changelog.xml";

	/** Kept, since a logger that nobody holds loses its level. */
	private static final Logger LOGGER = Logger.getLogger("liquibase");

	private final TestDatabase database;

	private final Path folder;

	LiquibaseLoad(TestDatabase database, Path folder) throws IOException {
		LOGGER.setLevel(Level.OFF);
		this.database = database;
		this.folder = folder;
		Files.writeString(folder.resolve(CHANGE_LOG), """
				<databaseChangeLog xmlns="http://www.liquibase.org/xml/ns/dbchangelog"
					xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
					xsi:schemaLocation="http://www.liquibase.org/xml/ns/dbchangelog
						http://www.liquibase.org/xml/ns/dbchangelog/dbchangelog-latest.xsd">
					<changeSet id="customers" author="benchmark" runAlways="true">
						<loadUpdateData file="seed/common/010_customer.csv" tableName="customer" primaryKey="id">
							<column name="id" type="NUMERIC"/>
							<column name="email" type="STRING"/>
							<column name="name" type="STRING"/>
							<column name="city" type="STRING"/>
							<column name="balance" type="NUMERIC"/>
							<column name="created_at" type="STRING"/>
							<column name="is_active" type="BOOLEAN"/>
						</loadUpdateData>
					</changeSet>
				</databaseChangeLog>
				""");
	}

	long run() {
		this.database.execute("DROP TABLE IF EXISTS databasechangelog, databasechangeloglock");
		return Comparison.time(() -> {
			try (Connection connection = this.database.dataSource().getConnection();
					Liquibase liquibase = new Liquibase(CHANGE_LOG, new DirectoryResourceAccessor(this.folder),
							new JdbcConnection(connection))) {
				liquibase.setShowSummary(UpdateSummaryEnum.OFF);
				liquibase.update("");
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		});
	}

}
