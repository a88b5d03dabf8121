package dev.samara.sample.torture;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import dev.samara.migration.MigrationSettings;
import dev.samara.migration.Migrator;
import dev.samara.migration.OnNonEmpty;
import dev.samara.sample.torture.TortureDatabase.State;
import dev.samara.schema.SchemaSnapshot;
import dev.samara.testing.Scripts;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The life of one database: rounds with faults, in which migrations are added, break and
 * are repaired; then a clean start, after which the database must be what it would be had
 * nothing ever happened.
 */
final class Torture {

	private static final Log logger = LogFactory.getLog(Torture.class);

	private static final String[] OWN = { "samara_migrations", "samara_migration_status", "samara_environment",
			"samara_schema_snapshots", "samara_lock", "samara_locks" };

	private static final int REPEATABLE = 2;

	private final MortalServer server;

	private final Launcher launcher;

	private final Path folder;

	private final long seed;

	private final Tally tally;

	private final Model model = new Model();

	private final int[] revisions = new int[REPEATABLE];

	private int versions;

	private TortureDatabase database;

	private Author author;

	Torture(MortalServer server, Launcher launcher, Path folder, long seed, Tally tally) {
		this.server = server;
		this.launcher = launcher;
		this.folder = folder;
		this.seed = seed;
		this.tally = tally;
	}

	/**
	 * Runs rounds on a fresh database.
	 * @param first number of the first round, which together with the seed decides what
	 * happens
	 * @param rounds how many
	 */
	void run(int first, int rounds) throws InterruptedException {
		clear();
		this.database = TortureDatabase.create(this.server, "torture_" + first);
		for (int number = first; number < first + rounds; number++) {
			Random random = new Random(this.seed * 1_000_003 + number);
			this.author = (this.author != null) ? this.author.with(random) : new Author(random);
			write(random);
			Round round = new Round(this.launcher, this.database, random, this.model.pending());
			try {
				run(round, random);
				logger.info("Round " + number + ": " + round);
			}
			catch (AssertionError | RuntimeException ex) {
				throw new AssertionError("Round " + number + " of seed " + this.seed + ": " + round + "\n"
						+ ex.getMessage() + "\n" + this.database.state() + "\n" + texts() + round.logs(), ex);
			}
		}
		finish();
		this.database.drop();
	}

	private void run(Round round, Random random) throws InterruptedException {
		Set<String> applied = new HashSet<>(
				round.run(new Injector(this.server, this.database, random), this.model.hasBroken(), this.tally));
		if (round.hasSuccess()) {
			this.model.scripts()
				.stream()
				.filter(TortureScript::isVersioned)
				.forEach((script) -> applied.add(script.key()));
		}
		this.model.check(this.database.state(), applied);
		this.database.dropLeftoversOfReindex();
	}

	private void write(Random random) {
		if (this.model.hasBroken() && random.nextInt(100) < 65) {
			repairAll();
		}
		int more = this.model.hasBroken() ? random.nextInt(2) : 1 + random.nextInt(3);
		for (int i = 0; i < more; i++) {
			put(this.author.versioned(++this.versions));
		}
		int repeatable = random.nextInt(REPEATABLE * 3);
		if (repeatable < REPEATABLE) {
			put(this.author.repeatable(repeatable + 1, ++this.revisions[repeatable]));
		}
	}

	private void repairAll() {
		this.model.scripts().stream().filter(TortureScript::isBroken).forEach((script) -> put(script.repaired()));
	}

	private void put(TortureScript script) {
		this.model.put(script);
		Scripts.in(this.folder).add(script.file(), script.text());
	}

	private void clear() {
		Arrays.stream(this.folder.toFile().listFiles())
			.forEach((file) -> Scripts.in(this.folder).remove(file.getName()));
	}

	private void finish() throws InterruptedException {
		repairAll();
		try (Instance last = this.launcher.start(this.database, Trigger.never())) {
			assertThat(last.awaitEnd(Duration.ofMinutes(2))).isTrue();
			State state = this.database.state();
			String dump = "Clean start of seed " + this.seed + "\n" + state + "\n" + texts() + last.log();
			assertThat(last.exitCode()).as(dump).isZero();
			this.model.check(state, last.applied());
			this.model.checkComplete(state);
			compareWithOneGo(state, dump);
		}
	}

	private void compareWithOneGo(State state, String dump) {
		TortureDatabase reference = TortureDatabase.create(this.server, this.database.name() + "_reference");
		Migrator.builder(reference.dataSource())
			.settings(MigrationSettings.builder()
				.onNonEmpty(OnNonEmpty.MIGRATE)
				.locations(List.of("file:" + this.folder))
				.build())
			.build()
			.migrate();
		assertThat(SchemaSnapshot.read(this.database.dataSource(), OWN).toString()).as(dump)
			.isEqualTo(SchemaSnapshot.read(reference.dataSource(), OWN).toString());
		assertThat(versioned(state)).as(dump).isEqualTo(versioned(reference.state()));
		reference.drop();
	}

	private static Map<String, Map<Integer, Integer>> versioned(State state) {
		Map<String, Map<Integer, Integer>> ledger = new TreeMap<>(state.ledger());
		ledger.keySet().removeIf((script) -> !script.startsWith("V"));
		return ledger;
	}

	private String texts() {
		StringBuilder texts = new StringBuilder();
		for (TortureScript script : this.model.scripts()) {
			String text = script.text();
			texts.append("---- ").append(script.file()).append('\n');
			texts.append((text.length() > 4000) ? text.substring(0, 4000) + " …\n" : text);
		}
		return texts.toString();
	}

}
