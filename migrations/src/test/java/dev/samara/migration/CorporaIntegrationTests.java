package dev.samara.migration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.samara.schema.SchemaDifference;
import dev.samara.schema.SchemaSnapshot;
import dev.samara.testing.Corpora;
import dev.samara.testing.CorpusPlan.Step;
import dev.samara.testing.CorpusPlan;
import dev.samara.testing.PostgresTest;
import dev.samara.testing.Psql;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Real projects' migrations: the engine arrives at the schema that {@code psql} makes of
 * the same files on the same server.
 */
@PostgresTest
class CorporaIntegrationTests {

	@BeforeAll
	static void needsCorporaAndPsql() {
		Corpora.assumePresent();
		Psql.assumePresent();
	}

	@ParameterizedTest
	@ValueSource(strings = { "conductor", "cwa-server", "kestra", "marquez", "uaa", "ccd-data", "chirpstack-as",
			"openmeter", "docsrs" })
	void arrivesAtTheSchemaThatPsqlMakes(String set, TestDatabase server, @TempDir Path folder) throws Exception {
		if (set.equals("kestra")) {
			// It writes bodies of functions as SQL has them.
			server.assumeServer(14);
		}
		CorpusPlan plan = Corpora.plan(set);
		List<Step> steps = plan.steps();
		List<String> locations = copy(plan, steps, folder);

		try (TestDatabase ours = server.newDatabase().asSuperuser();
				TestDatabase theirs = server.newDatabase().asSuperuser()) {
			if (plan.preSql() != null) {
				ours.execute(plan.preSql());
				theirs.execute(plan.preSql());
			}
			MigrationReport report = Migrator.builder(ours.dataSource())
				.settings(MigrationSettings.builder().locations(locations).build())
				.build()
				.migrate();
			for (Step step : steps) {
				Path file = plan.up(step);
				Psql.Result result = step.noTx() ? Psql.run(theirs, file) : Psql.runInOneTransaction(theirs, file);
				assertThat(result.exitCode()).as("%s: %s", step.id(), result.stderr()).isZero();
			}

			assertThat(report.applied()).extracting((applied) -> name(applied.migration().path()))
				.containsExactlyElementsOf(steps.stream().map((step) -> name(plan.up(step).toString())).toList());
			SchemaSnapshot wanted = schema(theirs);
			assertThat(wanted.objects()).isNotEmpty();
			assertThat(SchemaDifference.between(wanted, schema(ours)).lines()).isEmpty();
		}
	}

	private static SchemaSnapshot schema(TestDatabase database) {
		return SchemaSnapshot.read(database.dataSource(), "samara_migrations", "samara_environment",
				"samara_schema_snapshots");
	}

	private static List<String> copy(CorpusPlan plan, List<Step> steps, Path folder) throws IOException {
		TreeSet<String> locations = new TreeSet<>();
		for (Step step : steps) {
			Path source = plan.up(step);
			Path target = folder.resolve(plan.folder().relativize(source).toString());
			Files.createDirectories(target.getParent());
			Files.copy(source, target);
			locations.add("file:" + target.getParent());
		}
		return List.copyOf(locations);
	}

	private static String name(String path) {
		return path.substring(path.lastIndexOf('/') + 1);
	}

}
