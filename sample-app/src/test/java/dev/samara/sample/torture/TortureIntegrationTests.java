package dev.samara.sample.torture;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever fails at whatever moment: history, schema and data agree, nothing is done
 * twice, and nothing that was reported as done is lost. {@value #ROUNDS} and
 * {@value #SEED} say how often, and what happens, {@value #FIRST} with which round to
 * begin; {@value #ARGUMENTS}, separated by blanks, are handed to the applications.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "Has no signals to pause and kill by")
class TortureIntegrationTests {

	private static final String ROUNDS = "samara.test.torture.rounds";

	private static final String SEED = "samara.test.torture.seed";

	private static final String FIRST = "samara.test.torture.first";

	private static final String ARGUMENTS = "samara.test.torture.arguments";

	private static final int ROUNDS_PER_DATABASE = 10;

	private static final int ENOUGH_TO_HIT = 20;

	@Test
	void survivesWhateverHappens(@TempDir Path folder) throws Exception {
		int rounds = Integer.getInteger(ROUNDS, 5);
		int first = Integer.getInteger(FIRST, 1);
		long seed = Long.getLong(SEED, 1);
		Path scripts = Files.createDirectory(folder.resolve("scripts"));
		Tally tally = new Tally();
		try (MortalServer server = MortalServer.create(folder)) {
			Launcher launcher = new Launcher(server, folder, scripts, arguments());
			warmUp(server, launcher);
			for (int done = 0; done < rounds; done += ROUNDS_PER_DATABASE) {
				new Torture(server, launcher, scripts, seed, tally).run(first + done,
						Math.min(ROUNDS_PER_DATABASE, rounds - done));
			}
		}
		finally {
			System.out.println("Torture of seed " + seed + ": " + tally);
		}
		if (rounds >= ENOUGH_TO_HIT) {
			assertThat(tally.inTheMiddle()).as("faults that hit a session at work").isPositive();
		}
	}

	private static void warmUp(MortalServer server, Launcher launcher) {
		TortureDatabase database = TortureDatabase.create(server, "warm_up");
		launcher.warmUp(database);
		database.drop();
	}

	private static List<String> arguments() {
		String arguments = System.getProperty(ARGUMENTS, "").strip();
		return arguments.isEmpty() ? List.of() : List.of(arguments.split("\\s+"));
	}

}
