package dev.samara.existing;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class MigrationToolTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					flyway_schema_history | FLYWAY | installed_rank version description type script checksum installed_by installed_on execution_time success
					schema_version     | FLYWAY | installed_rank version description type script checksum installed_by installed_on execution_time success
					our_history        | FLYWAY | installed_rank version description type script checksum installed_by installed_on execution_time success
					schema_version     | TERN | version
					schema_migrations  | SUPABASE | version statements name
					mikro_orm_migrations | MIKRO_ORM | id name executed_at
					VersionInfo        | FLUENT_MIGRATOR | Version AppliedOn Description
					databasechangelog  | LIQUIBASE | id author filename dateexecuted orderexecuted exectype md5sum description comments tag liquibase contexts labels deployment_id
					schema_migrations  | GOLANG_MIGRATE | version dirty
					schema_migrations  | ECTO | version inserted_at
					schema_migrations  | SCHEMA_MIGRATIONS | version
					goose_db_version   | GOOSE | id version_id is_applied tstamp
					_prisma_migrations | PRISMA | id checksum finished_at migration_name logs rolled_back_at started_at applied_steps_count
					__diesel_schema_migrations | DIESEL | version run_on
					migrations         | TYPEORM | id timestamp name
					migrations         | LARAVEL | id migration batch
					__EFMigrationsHistory | ENTITY_FRAMEWORK | MigrationId ProductVersion
					SequelizeMeta      | SEQUELIZE | name
					changes            | SQITCH | change_id script_hash change project note committed_at committer_name
					""")
	void recognizesAHistoryTableByNameAndColumns(String table, MigrationTool tool, String columns) {
		assertThat(MigrationTool.of(table, List.of(columns.split(" ")))).contains(tool);
	}

	@ParameterizedTest
	@CsvSource({ "migrations, id name", "changelog, id title", "schema_migrations, id",
			"schema_migrations, id version name executed_at checksum", "schema_version, version applied_at",
			"customer, id version" })
	void takesNoOtherTableForAHistory(String table, String columns) {
		assertThat(MigrationTool.of(table, List.of(columns.split(" ")))).isEmpty();
	}

	@Test
	void hasAQueryForTheLastVersionThatNamesTheTable() {
		assertThat(MigrationTool.values()).filteredOn((tool) -> tool.lastVersionSql("x.\"y\"") != null)
			.hasSizeGreaterThan(25)
			.allSatisfy((tool) -> assertThat(tool.lastVersionSql("x.\"y\"")).contains("FROM x.\"y\""));
	}

}
