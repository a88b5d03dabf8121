package dev.samara.migration;

import java.util.Optional;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.samara.script.Finding;
import dev.samara.script.Place;

import static org.assertj.core.api.Assertions.assertThat;

class CallbackNameTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			beforeMigrate.sql                     | BEFORE_MIGRATE        | ''
			afterMigrate__grants.sql              | AFTER_MIGRATE         | grants
			afterMigrate__grants_for_all.SQL      | AFTER_MIGRATE         | grants for all
			sub/folder/beforeEachMigrate.sql      | BEFORE_EACH_MIGRATE   | ''
			rollback/afterEachMigrate__x.sql      | AFTER_EACH_MIGRATE    | x
			afterMigrateApplied.sql               | AFTER_MIGRATE         | ''
			afterMigrateError__tell.sql           | AFTER_MIGRATE_ERROR   | tell
			beforeUndo.sql                        | BEFORE_ROLLBACK       | ''
			afterUndo__x.sql                      | AFTER_ROLLBACK        | x
			afterEachUndo.sql                     | AFTER_EACH_ROLLBACK   | ''
			beforeValidate__1__two.sql            | BEFORE_VALIDATE       | 1  two
			afterMigrate__v1.2.sql                | AFTER_MIGRATE         | v1.2
			""")
	void readsWhatFlywaysUsersHave(String path, CallbackEvent event, String description) {
		assertThat(CallbackName.parse(path)).contains(new CallbackName(event, description));
		assertThat(MigrationName.parse(path)).isEmpty();
	}

	@ParameterizedTest
	@EnumSource
	void readsEachEventByItsName(CallbackEvent event) {
		assertThat(CallbackName.parse(event + ".sql")).contains(new CallbackName(event, ""));
		assertThat(CallbackName.parse(event + "__some_name.sql")).contains(new CallbackName(event, "some name"));
	}

	@ParameterizedTest
	@CsvSource({ "beforeMigrat.sql, beforeMigrate", "beforemigrate__x.sql, beforeMigrate",
			"BeforeMigrate.sql, beforeMigrate", "beforeMigrate_x.sql, beforeMigrate",
			"before_migrate.sql, beforeMigrate", "afterMigrate__.sql, afterMigrate",
			"aftrMigrate__grants.sql, afterMigrate", "afterEachMigrat__x.sql, afterEachMigrate",
			"AFTERMIGRATEERROR.sql, afterMigrateError", "beforeRolback.sql, beforeRollback",
			"afterMigrate.grants.sql, afterMigrate", "afterMigrate__grants.down.sql, afterMigrate",
			"beforeMigrate.up.sql, beforeMigrate", "afterEach.sql, afterEachMigrate",
			"beforeEach__x.sql, beforeEachMigrate", "afterMigrateErr.sql, afterMigrateError",
			"beforeEverything.sql, beforeMigrate" })
	void namesTheNearestEvent(String path, String nearest) {
		assertThat(CallbackName.parse(path)).isEmpty();
		assertThat(misnamed(path)).hasValueSatisfying((finding) -> {
			assertThat(finding.code()).isEqualTo("unknown-callback");
			assertThat(finding.isError()).isTrue();
			assertThat(finding.remedy()).startsWith("Did you mean ");
			if (!path.startsWith("beforeEverything")) {
				assertThat(finding.remedy()).startsWith("Did you mean " + nearest + ".sql");
			}
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "beforeClean.sql", "afterInfo__x.sql", "beforeRepair.sql", "afterVersioned.sql",
			"beforeRepeatables.sql", "createSchema.sql", "afterEachMigrateStatement.sql", "afterEachMigrateError.sql" })
	void passesOverWhatOnlyFlywayCalls(String path) {
		assertThat(CallbackName.parse(path)).isEmpty();
		assertThat(misnamed(path)).hasValueSatisfying((finding) -> {
			assertThat(finding.code()).isEqualTo("callback-never-called");
			assertThat(finding.isError()).isFalse();
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "create_users.sql", "after_sales.sql", "before.sql", "migrate.sql", "V__x.sql",
			"R_views.sql", "B1__x.sql", ".sql", "cleanup.sql" })
	void hasNothingToSayOfOthers(String path) {
		assertThat(CallbackName.parse(path)).isEmpty();
		assertThat(misnamed(path)).isEmpty();
	}

	private static Optional<Finding> misnamed(String path) {
		return CallbackName.misnamed(path, Place.of(path));
	}

}
