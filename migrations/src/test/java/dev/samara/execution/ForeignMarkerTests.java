package dev.samara.execution;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.samara.script.Place;
import dev.samara.script.ScriptException;
import dev.samara.script.ScriptReader;
import dev.samara.testing.Corpora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ForeignMarkerTests {

	private static final String CREATE = "CREATE TABLE customer (id int);\n";

	private static final String DROP = "DROP TABLE customer;\n";

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			goose                | -- +goose Up                        | -- +goose Down
			goose                | --+goose up                         | --  +GOOSE DOWN
			sql-migrate          | -- +migrate Up                      | -- +migrate Down
			micrate              | -- +micrate Up                      | -- +micrate Down
			dbmate               | -- migrate:up                       | -- migrate:down
			tern                 | -- customer                         | ---- create above / drop below ----
			MyBatis Migrations   | -- // customer                      | -- //@UNDO
			MyBatis Migrations   | --// customer                       | --  // @UNDO
			Play evolutions      | # --- !Ups                          | # --- !Downs
			Play evolutions      | -- !Ups                             | -- !Downs
			Rambler              | -- rambler up                       | -- rambler down
			node-pg-migrate      | -- Up Migration                     | -- Down Migration
			other tools          | -- ==== UP ====                     | -- ==== DOWN ====
			other tools          | -- Up                               | -- Down
			""")
	void refusesSectionMarkers(String tool, String up, String down) {
		boolean isUpRefused = !List.of("tern", "MyBatis Migrations", "node-pg-migrate", "other tools").contains(tool);
		String hash = up.startsWith("#") ? "# " : "";

		assertThatExceptionOfType(ScriptException.class)
			.isThrownBy(() -> executable(up + "\n" + CREATE + "\n" + down + "\n" + DROP))
			.satisfies((ex) -> {
				assertThat(ex.getCode()).isEqualTo("foreign-section");
				assertThat(ex.getPlace()).isEqualTo(new Place("V1__a.sql", isUpRefused ? 1 : 4, 1 + hash.length()));
				assertThat(ex.getProblem())
					.startsWith("\"" + (isUpRefused ? up : down).substring(hash.length()) + "\" is")
					.contains("of " + tool);
				assertThat(ex.getRemedy()).contains("\"-- samara: down\" instead of line 4");
				assertThat(String.valueOf(ex.getRemedy()).contains("\"-- samara: up\" instead of line 1"))
					.isEqualTo(isUpRefused);
			});
	}

	@Test
	void namesAllLinesToChange() {
		assertThatExceptionOfType(ScriptException.class).isThrownBy(() -> executable("""
				-- +goose NO TRANSACTION
				-- +goose Up
				-- +goose StatementBegin
				CREATE TABLE a ();
				-- +goose StatementEnd
				-- +goose Down
				DROP TABLE a;
				"""))
			.satisfies((ex) -> assertThat(ex.getRemedy())
				.contains("\"-- samara: up\" instead of line 2, and \"-- samara: down\" instead of line 6, and "
						+ "\"-- samara: transaction=none\" below each of them instead of line 1; delete lines 3, 5, "));
	}

	@ParameterizedTest
	@ValueSource(strings = { "-- migrate:up transaction:false", "-- +migrate Up notransaction" })
	void readsOptionsOfSectionMarkers(String marker) {
		assertThatExceptionOfType(ScriptException.class).isThrownBy(() -> executable(marker + "\n" + CREATE))
			.satisfies((ex) -> assertThat(ex.getRemedy()).contains("\"-- samara: transaction=none\""));
	}

	@ParameterizedTest
	@ValueSource(strings = { "-- +goose NO TRANSACTION", "-- flyway:executeInTransaction=false", "-- no-transaction",
			"--! no-transaction", "-- disable-transaction", "-- postgres-migrations disable-transaction",
			"-- atlas:txmode none", "---- tern: disable-tx ----", "-- evolve-tx-off", "-- transactional: false" })
	void refusesToRunInATransactionWhatAnotherToolWouldNot(String marker) {
		assertThatExceptionOfType(ScriptException.class).isThrownBy(() -> executable(marker + "\n" + CREATE))
			.satisfies((ex) -> {
				assertThat(ex.getCode()).isEqualTo("foreign-directive");
				assertThat(ex.getPlace()).isEqualTo(new Place("V1__a.sql", 1, 1));
				assertThat(ex.getRemedy()).contains("-- samara: transaction=none");
			});
		assertThatCode(() -> executable("-- samara: transaction=none\n" + marker + "\n" + CREATE))
			.doesNotThrowAnyException();
		assertThatCode(() -> executable(marker + "\nCREATE INDEX CONCURRENTLY i ON t (a);")).doesNotThrowAnyException();
	}

	@ParameterizedTest
	@ValueSource(strings = { "--liquibase formatted sql", "-- changeset ada:1 context:test", "-- atlas:checkpoint",
			"-- flyway:shouldExecute=false", "-- flyway:placeholderReplacement=true", "-- +goose ENVSUB ON" })
	void refusesOtherDirectives(String marker) {
		assertThatExceptionOfType(ScriptException.class).isThrownBy(() -> executable(marker + "\n" + CREATE))
			.satisfies((ex) -> assertThat(ex.getCode()).isEqualTo("foreign-directive"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "-- // customer\n", "-- Down Migration for users\n", "-- down\n",
			"-- no transaction here\n", "-- +1 for this\n", "-- the script is run by goose: +goose Down\n",
			"/* +goose Down */\n", "SELECT '\n-- +goose Down\n';", "DO $$ BEGIN\n-- migrate:down\nEND $$;",
			"SELECT 1; -- +goose Down\n", "-- atlas:nolint\n", "-- atlas:txmode file\n",
			"-- changeset of the week: three columns\n", "-- transactional: false positives are dropped\n",
			"-- squawk-ignore ban-drop-table\n", "-- up\n" })
	void leavesOtherCommentsAlone(String sql) {
		assertThatCode(() -> executable(sql + CREATE)).doesNotThrowAnyException();
	}

	@Test
	void leavesAPartAloneThatIsCommentedOut() {
		assertThatCode(() -> executable("-- Up\n" + CREATE + "-- Down\n-- " + DROP)).doesNotThrowAnyException();
	}

	@Test
	void refusesNoFileOfProjectsThatUseOtherTools() throws IOException {
		TreeSet<String> sets = new TreeSet<>();
		Path root = Corpora.root().resolve("sets");
		try (Stream<Path> files = Files.walk(root)) {
			for (Path file : files.filter(Files::isRegularFile).toList()) {
				if (file.toString().endsWith(".sql") && isRefused(file)) {
					sets.add(root.relativize(file).getName(0).toString());
				}
			}
		}
		assertThat(sets).containsExactly("nakama", "openfga");
	}

	private static boolean isRefused(Path file) throws IOException {
		try {
			executable(Files.readString(file));
			return false;
		}
		catch (ScriptException ex) {
			return ex.getCode().startsWith("foreign-");
		}
		catch (MalformedInputException ex) {
			return false;
		}
	}

	private static ExecutableScript executable(String sql) {
		return ExecutableScript.of(ScriptReader.of("V1__a.sql", sql));
	}

}
