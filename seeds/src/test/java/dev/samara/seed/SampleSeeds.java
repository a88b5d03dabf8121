package dev.samara.seed;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.samara.environment.Application;
import dev.samara.script.Checksum;
import dev.samara.script.Directives;
import dev.samara.script.Location;
import dev.samara.script.Script;

/**
 * Seeds and entries of histories for tests that need no files.
 */
final class SampleSeeds {

	private SampleSeeds() {
	}

	static Seed seed(String name) {
		return seed(name, "SELECT 1");
	}

	static Seed seed(String name, String text) {
		String file = name.substring(name.lastIndexOf('/') + 1);
		var environment = SeedName.environment(name.substring(0, name.indexOf('/')));
		return new Seed(name, environment, Long.parseLong(file.replaceAll("\\D.*", "")), "",
				SeedLevel.ofSeed(environment), new SeedContent.Sql(script("db/seed/" + name, text)));
	}

	static Script script(String path, String text) {
		return new Script(path, text, checksum(text), Directives.NONE);
	}

	static String checksum(String text) {
		return Checksum.of(text.getBytes(StandardCharsets.UTF_8));
	}

	static SeedEntry entry(long id, SeedEvent event, Seed seed, int version) {
		return new SeedEntry(id, "00000000-0000-0000-0000-000000000000", event, seed.name(), version,
				seed.environment(), seed.level(), seed.path(), seed.checksum(), null, 1, "somebody",
				Application.UNKNOWN, Instant.EPOCH, Duration.ZERO, null, null, null);
	}

	static ResolvedSeeds resolved(String location, Seed... seeds) {
		return new ResolvedSeeds(List.of(Location.parse(location)), List.of(seeds), List.of());
	}

	static ResolvedSeeds resolved(Seed... seeds) {
		return resolved(SeedSettings.DEFAULT_LOCATION, seeds);
	}

}
