package dev.samara.seed;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.samara.environment.Environment;
import dev.samara.script.Finding;
import dev.samara.script.Location;
import dev.samara.script.ScriptFilling;
import dev.samara.script.ScriptScanner;
import dev.samara.script.Severity;
import dev.samara.testing.Scripts;

import static org.assertj.core.api.Assertions.assertThat;

class SeedResolverTests {

	@TempDir
	private Path folder;

	private Scripts scripts;

	@BeforeEach
	void writeIntoAFolder() {
		this.scripts = Scripts.in(this.folder);
	}

	@Test
	void ordersTheCommonOnesFirstAndByNumberThenName() {
		for (String name : List.of("dev/2_b.sql", "common/10_c.sql", "common/9_z.sql", "common/009_a.sql",
				"dev/people/001_x.sql", "local/3_c.sql", "common/20260115103000_d.sql")) {
			this.scripts.add(name, "SELECT 1");
		}

		assertThat(resolve().findings()).isEmpty();
		assertThat(resolve().seeds()).extracting(Seed::name)
			.containsExactly("common/009_a.sql", "common/9_z.sql", "common/10_c.sql", "common/20260115103000_d.sql",
					"dev/people/001_x.sql", "dev/2_b.sql", "local/3_c.sql");
	}

	@ParameterizedTest
	@CsvSource({ "dev, dev", "Development, dev", "test, dev", "stage, staging", "production, prod", "live, prod",
			"demo, demo", "Common, " })
	void knowsTheEnvironmentByTheFolder(String folder, String environment) {
		this.scripts.add(folder + "/001_first_rows.sql", "SELECT 1");

		assertThat(resolve().seeds()).singleElement().satisfies((seed) -> {
			assertThat(seed.environment()).isEqualTo((environment != null) ? new Environment(environment) : null);
			assertThat(seed.isCommon()).isEqualTo(environment == null);
			assertThat(seed.number()).isEqualTo(1);
			assertThat(seed.description()).isEqualTo("first rows");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "common/species.sql", "dev/V1__species.sql", "dev/_1.sql", "dev/1.2_species.sql",
			"common/R__species.sql", "common/1234567890123456789_species.sql" })
	void refusesANameThatDoesNotFit(String name) {
		this.scripts.add(name, "SELECT 1");

		assertThat(resolve().seeds()).isEmpty();
		assertThat(finding("bad-name").toString()).contains(name);
		assertThat(finding("bad-name").remedy()).startsWith("Name it <number>_<name>.sql");
	}

	@ParameterizedTest
	@CsvSource({ "010_species.cvs, .csv", "010_species.jsn, .json", "010_species.ymal, .yaml", "species.YMLL, .yml",
			"001_a.sq, .sql", "001_a.generate.yalm, .yaml", "010_species.tsv, .csv", "010_species.jsonl, .json" })
	void warnsOfAnExtensionWithASlip(String name, String meant) {
		this.scripts.add("dev/" + name, "SELECT 1");

		assertThat(resolve().seeds()).isEmpty();
		assertThat(resolve().findings()).singleElement().satisfies((finding) -> {
			assertThat(finding.code()).isEqualTo("unknown-extension");
			assertThat(finding.severity()).isEqualTo(Severity.WARNING);
			assertThat(finding.toString()).contains("dev/" + name);
			assertThat(finding.remedy()).startsWith("Name it …" + meant + " if");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "README.md", ".gitkeep", ".yaml", "notes.txt", "010_species.xml", "001_a.sql~",
			"001_a.sql.bak", "Makefile", "logo.svg", "load.sh", "species.xlsx", "species.csv.gz" })
	void passesOverOtherFiles(String name) {
		this.scripts.add("dev/" + name, "no seed");

		assertThat(resolve().seeds()).isEmpty();
		assertThat(resolve().findings()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "001_a.sql, -- samra: level=minimal", "010_a.csv, # samra: key=name",
			"010_a.yaml, # smara: key=name" })
	void refusesADirectiveWithASlip(String name, String comment) {
		this.scripts.add("dev/" + name, comment + "\n");

		assertThat(finding("misspelled-directive").toString()).contains(name + ":1:");
	}

	@ParameterizedTest
	@ValueSource(strings = { "dev", "common", "prod" })
	void refusesFilesThatStandInTheLocationItself(String location) {
		this.scripts.add(location + "/001_a.sql", "SELECT 1");

		ResolvedSeeds resolved = resolve(this.scripts.location() + "/" + location);

		assertThat(resolved.seeds()).isEmpty();
		assertThat(resolved.findings()).singleElement().satisfies((finding) -> {
			assertThat(finding.code()).isEqualTo("no-folder");
			assertThat(finding.remedy()).contains("common/001_a.sql");
		});
	}

	@Test
	void takesTheFolderBelowTheLocationAndNoLaterOneOfTheSameName() throws IOException {
		this.scripts.add("seed/dev/seed/common/001_a.sql", "SELECT 1").add("seed/common/001_b.sql", "SELECT 1");

		assertThat(namesOnClassPath("classpath:seed")).containsExactly("common/001_b.sql", "dev/seed/common/001_a.sql");
	}

	@ParameterizedTest
	@ValueSource(strings = { "classpath:seed/*", "classpath:seed/de?", "classpath:seed/d*" })
	void takesTheFolderThatAWildcardStandsFor(String location) throws IOException {
		this.scripts.add("seed/dev/001_a.sql", "SELECT 1");

		assertThat(namesOnClassPath(location)).containsExactly("dev/001_a.sql");
	}

	@Test
	void refusesTheSameNameInTwoLocations() {
		this.scripts.add("x/common/001_a.sql", "SELECT 1").add("y/common/001_a.sql", "SELECT 2");

		ResolvedSeeds resolved = resolve(this.scripts.location() + "/x", this.scripts.location() + "/y");

		assertThat(resolved.findings()).singleElement().satisfies((finding) -> {
			assertThat(finding.code()).isEqualTo("duplicate-name");
			assertThat(finding.message()).contains("/x/common/001_a.sql");
			assertThat(finding.place()).hasToString(this.folder + "/y/common/001_a.sql");
		});
	}

	@Test
	void allowsTheSameNumberTwice() {
		this.scripts.add("common/001_b.sql", "SELECT 1").add("common/001_a.sql", "SELECT 1");

		assertThat(resolve().findings()).isEmpty();
		assertThat(resolve().seeds()).extracting(Seed::name).containsExactly("common/001_a.sql", "common/001_b.sql");
	}

	@ParameterizedTest
	@CsvSource({ "common, , MINIMAL", "prod, , MINIMAL", "staging, , ESSENTIAL", "dev, , ALL", "demo, , ALL",
			"common, essential, ESSENTIAL", "prod, ALL, ALL", "dev, Minimal, MINIMAL" })
	void takesTheLevelFromTheHeaderOrElseFromTheFolder(String folder, String header, SeedLevel level) {
		String text = (header != null) ? "-- samara: level=" + header + "\nSELECT 1" : "SELECT 1";
		this.scripts.add(folder + "/001_a.sql", text);

		assertThat(resolve().findings()).isEmpty();
		assertThat(resolve().seeds()).singleElement().extracting(Seed::level).isEqualTo(level);
	}

	@ParameterizedTest
	@ValueSource(strings = { "none", "everything", "" })
	void refusesALevelThatNoSeedHas(String level) {
		this.scripts.add("dev/001_a.sql", "\n-- samara: level=" + level + "\nSELECT 1");

		assertThat(finding("invalid-directive").toString()).contains("001_a.sql:2:");
		assertThat(finding("invalid-directive").remedy()).contains("level=essential");
	}

	@Test
	void refusesWhatNoSeedCanBeToldAndNamesWhatCan() {
		this.scripts.add("dev/001_a.sql", "-- samara: levle=all\nSELECT 1");

		assertThat(finding("unknown-directive").remedy()).isEqualTo(
				"Did you mean \"level\"? Known here are depends-on, encoding, level, lock-timeout, placeholders, statement-timeout.");
	}

	@Test
	void refusesASeedThatWantsNoTransaction() {
		this.scripts.add("dev/001_a.sql", "-- samara: transaction=none\nSELECT 1")
			.add("dev/002_b.sql", "-- samara: transaction=auto\nSELECT 1");

		assertThat(resolve().findings()).singleElement().satisfies((finding) -> {
			assertThat(finding.code()).isEqualTo("not-a-transaction");
			assertThat(finding.toString()).contains("001_a.sql:1:");
		});
	}

	@Test
	void findsNothingAndNothingWrongWithoutTheDefaultLocation() throws IOException {
		try (URLClassLoader classLoader = new URLClassLoader(new URL[0], null)) {
			ResolvedSeeds resolved = SeedResolver.resolve(SeedSettings.builder().build().locations(),
					new ScriptScanner(classLoader), ScriptFilling.NONE);

			assertThat(resolved.isEmpty()).isTrue();
		}
	}

	@Test
	void missesALocationThatIsConfigured() {
		ResolvedSeeds resolved = resolve("classpath:db/sead");

		assertThat(resolved.findings()).singleElement().satisfies((finding) -> {
			assertThat(finding.code()).isEqualTo("missing-location");
			assertThat(finding.toString()).contains("classpath:db/sead");
		});
	}

	@Test
	void refusesTwoWaysBackOfOneSeed() {
		this.scripts.add("one/common/001_a.sql", "SELECT 1")
			.add("one/common/001_a.down.sql", "SELECT 1")
			.add("two/common/001_a.down.sql", "SELECT 2");

		ResolvedSeeds resolved = resolve(this.scripts.location() + "/one", this.scripts.location() + "/two");

		assertThat(resolved.findings()).singleElement().satisfies((finding) -> {
			assertThat(finding.code()).isEqualTo("duplicate-down-script");
			assertThat(finding.message()).contains("one/common/001_a.down.sql");
			assertThat(String.valueOf(finding.place())).contains("two/common/001_a.down.sql");
		});
	}

	private List<String> namesOnClassPath(String location) throws IOException {
		try (URLClassLoader classLoader = new URLClassLoader(new URL[] { this.folder.toUri().toURL() }, null)) {
			return SeedResolver
				.resolve(List.of(Location.parse(location)), new ScriptScanner(classLoader), ScriptFilling.NONE)
				.seeds()
				.stream()
				.map(Seed::name)
				.toList();
		}
	}

	private Finding finding(String code) {
		List<Finding> findings = resolve().findings();
		assertThat(findings).extracting(Finding::code).containsExactly(code);
		return findings.get(0);
	}

	private ResolvedSeeds resolve(String... locations) {
		List<String> texts = (locations.length > 0) ? List.of(locations) : List.of(this.scripts.location());
		return SeedResolver.resolve(texts.stream().map(Location::parse).toList(),
				new ScriptScanner(getClass().getClassLoader()), ScriptFilling.NONE);
	}

}
