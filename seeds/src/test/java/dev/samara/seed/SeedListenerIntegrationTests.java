package dev.samara.seed;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.samara.testing.PostgresTest;
import dev.samara.testing.Scripts;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Who listens is told of a run, and may stop it before it begins.
 */
@PostgresTest
class SeedListenerIntegrationTests {

	private final TestDatabase server;

	private TestDatabase database;

	private Scripts scripts;

	SeedListenerIntegrationTests(TestDatabase server) {
		this.server = server;
	}

	@BeforeEach
	void freshDatabase(@TempDir Path folder) {
		this.database = this.server.newDatabase();
		this.database.execute("CREATE TABLE plant (id serial PRIMARY KEY, name text NOT NULL UNIQUE)");
		this.scripts = Scripts.in(folder)
			.add("common/002_maple.sql", plant("maple"))
			.add("common/010_oak.sql", "-- samara: level=essential\n" + plant("oak"))
			.add("dev/001_birch.sql", plant("birch"))
			.add("staging/001_lime.sql", plant("lime"))
			.add("prod/001_ginkgo.sql", plant("ginkgo"));
	}

	@Test
	void tellsListenersAndLetsThemStopARun() {
		List<String> told = new ArrayList<>();
		SeedListener listener = new SeedListener() {

			@Override
			public void beforeSeed(SeedPlan plan) {
				told.add("before " + plan.steps().size());
			}

			@Override
			public void afterEachSeed(SeedResult result) {
				told.add(result.seed().name());
				throw new IllegalStateException("logged and ignored");
			}

			@Override
			public void afterSeed(SeedReport report) {
				told.add("after " + report.applied().size());
			}

		};
		SeedListener veto = new SeedListener() {

			@Override
			public void beforeSeed(SeedPlan plan) {
				throw new IllegalStateException("not today");
			}

		};

		assertThatIllegalStateException().isThrownBy(() -> runner(veto).run()).withMessage("not today");
		assertThat(plants()).isEmpty();
		runner(listener).run();
		runner(listener).run();

		assertThat(told).containsExactly("before 2", "common/002_maple.sql", "common/010_oak.sql", "after 2");
	}

	@Test
	void tellsListenersOfAFailure() {
		this.scripts.add("common/005_wrong.sql", "SELECT wrong");
		List<SeedFailedException> told = new ArrayList<>();
		SeedListener listener = new SeedListener() {

			@Override
			public void afterSeedError(SeedFailedException failure) {
				told.add(failure);
			}

		};

		assertThatExceptionOfType(SeedFailedException.class).isThrownBy(() -> runner(listener).run())
			.satisfies((ex) -> assertThat(told).containsExactly(ex));
	}

	private SeedRunner runner(SeedListener listener) {
		return SeedRunner.builder(this.database.dataSource())
			.settings(SeedSettings.builder().locations(this.scripts.location()).level(SeedLevel.ALL).build())
			.listeners(List.of(listener))
			.build();
	}

	private List<String> plants() {
		return this.database.values(String.class, "SELECT name FROM public.plant ORDER BY id");
	}

	private static String plant(String name) {
		return "INSERT INTO plant (name) VALUES ('" + name + "')";
	}

}
