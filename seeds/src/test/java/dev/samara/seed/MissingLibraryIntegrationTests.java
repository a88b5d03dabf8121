package dev.samara.seed;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.samara.testing.PostgresTest;
import dev.samara.testing.Scripts;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A library that is not on the class path is missed only by the files that need it, and
 * told before anything runs.
 */
@PostgresTest
class MissingLibraryIntegrationTests {

	private static final String MADE = "rows: 3\ntable: plant\ncolumns:\n  tag: {text: \"m{row}\"}\n  note: %s\n";

	private final TestDatabase server;

	private TestDatabase database;

	private Scripts files;

	MissingLibraryIntegrationTests(TestDatabase server) {
		this.server = server;
	}

	@BeforeEach
	void freshDatabase(@TempDir Path folder) {
		this.database = this.server.newDatabase();
		this.database.execute("CREATE TABLE plant (tag text PRIMARY KEY, note text)");
		this.files = Scripts.in(folder)
			.add("dev/010_plant.csv", "tag,note\na,\n")
			.add("dev/020_plant.sql", "INSERT INTO plant VALUES ('b') ON CONFLICT DO NOTHING");
	}

	@Test
	void csvAndSqlNeedNone() throws Exception {
		assertThat(run("datafaker", "rgxgen", "libphonenumber", "jackson-", "snakeyaml"))
			.containsExactly("dev/010_plant.csv", "dev/020_plant.sql");
	}

	@Test
	void generatedRowsNeedDatafakerOnlyForItsExpressions() throws Exception {
		this.files.add("dev/030_made.generate.yaml", MADE.formatted("{choice: [x, y]}"));
		assertThat(run("datafaker", "rgxgen", "libphonenumber", "jackson-")).hasSize(3);

		this.files.add("dev/040_faked.generate.yaml", MADE.formatted("{faker: \"#{Name.fullName}\"}"));
		assertThat(run("datafaker", "rgxgen", "libphonenumber")).singleElement()
			.satisfies((finding) -> assertThat(finding).startsWith("missing-library")
				.contains("dev/040_faked.generate.yaml:5")
				.contains("net.datafaker:datafaker"));
		assertThat(run()).containsExactly("dev/040_faked.generate.yaml");
	}

	@Test
	void yamlAndJsonNameWhatTheyNeed() throws Exception {
		this.files.add("dev/030_plant.yaml", "- {tag: c}\n")
			.add("dev/035_made.generate.yaml", MADE.formatted("boolean"))
			.add("dev/040_plant.json", "[{\"tag\": \"d\"}]");

		assertThat(run("jackson-", "snakeyaml")).satisfiesExactlyInAnyOrder(
				(finding) -> assertThat(finding).contains("missing-library", "030_plant.yaml", "org.yaml:snakeyaml"),
				(finding) -> assertThat(finding).contains("missing-library", "035_made", "org.yaml:snakeyaml"),
				(finding) -> assertThat(finding).contains("missing-library", "040_plant.json",
						"tools.jackson.core:jackson-core"));
		assertThat(this.database.value(Long.class, "SELECT count(*) FROM plant")).isZero();
		assertThat(run()).hasSize(5);
	}

	private List<String> run(String... missing) throws Exception {
		return OtherClassPath.run(this.database, this.files.location(), missing);
	}

}
