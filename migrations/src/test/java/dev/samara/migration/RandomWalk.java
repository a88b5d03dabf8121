package dev.samara.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

import dev.samara.migration.WalkMigration.Down;
import dev.samara.migration.WalkMigration.Up;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A walk whose steps its seed decides. Each step is done to the database and to the
 * model, which must agree.
 */
final class RandomWalk {

	private final long seed;

	private final Random random;

	private final WalkDatabase database;

	private final WalkModel model = new WalkModel();

	private final List<String> steps = new ArrayList<>();

	private int edits;

	private int repeatables = WalkMigration.FIRST_REPEATABLE;

	RandomWalk(long seed, WalkDatabase database) {
		this.seed = seed;
		this.random = new Random(seed);
		this.database = database;
	}

	/**
	 * Walk.
	 * @return the outcome of each step that has one
	 */
	List<String> run(int length) {
		List<String> outcomes = new ArrayList<>();
		for (int i = 0; i < length; i++) {
			outcomes.add(step());
			this.database.write(this.model.files.values());
			agree("state", expectedState(), this.database.describe());
			if (this.model.relations.isEmpty() && this.model.hasHistory) {
				agree("schema", "", this.database.changes());
			}
		}
		return outcomes;
	}

	private String expectedState() {
		List<String> states = new ArrayList<>();
		this.model.states().forEach((id, state) -> states.add(WalkMigration.name(id) + "=" + state));
		return WalkDatabase.description(states, String.valueOf(this.model.current()),
				this.model.applied.keySet().stream().map(WalkMigration::name).toList(), this.model.relations,
				this.model.hasHistory, this.model.history);
	}

	private void agree(String what, String expected, String actual) {
		assertThat(actual)
			.as(() -> "%s, walk %d after:%n  %s%nwith the files:%n  %s%nthe model says:%n%s%n".formatted(what,
					this.seed, String.join("\n  ", this.steps),
					this.model.files.values().stream().map(WalkMigration::toString).collect(Collectors.joining("\n  ")),
					expected))
			.isEqualTo(expected);
	}

	private String step() {
		int dice = this.random.nextInt(100);
		if (this.model.files.isEmpty() || dice < 14) {
			return change("add", 1 + this.random.nextInt(3), this::add);
		}
		if (dice < 40) {
			return migrate();
		}
		if (dice < 62) {
			return rollBack();
		}
		if (dice < 70) {
			return look();
		}
		if (dice < 74) {
			return change("edit", 1, () -> put(some().withEdits(++this.edits)));
		}
		if (dice < 77) {
			return change("edit down", 1, this::editDown);
		}
		if (dice < 81) {
			return change("spoil", 1, this::spoil);
		}
		if (dice < 85) {
			return change("remove", 1, () -> this.model.files.remove(some().id()));
		}
		return change("mend", 2, this::mend);
	}

	private String change(String name, int times, Runnable change) {
		List<WalkMigration> before = List.copyOf(this.model.files.values());
		for (int i = 0; i < times; i++) {
			change.run();
		}
		List<WalkMigration> gone = new ArrayList<>(before);
		gone.removeAll(this.model.files.values());
		List<WalkMigration> there = new ArrayList<>(this.model.files.values());
		there.removeAll(before);
		this.steps.add(name + " " + gone + " -> " + there);
		return name;
	}

	private void put(WalkMigration file) {
		this.model.files.put(file.id(), file);
	}

	private WalkMigration some() {
		List<WalkMigration> files = List.copyOf(this.model.files.values());
		return files.isEmpty() ? new WalkMigration(1, Up.PLAIN, Down.BESIDE, 0, 0, -1, -1)
				: files.get(this.random.nextInt(files.size()));
	}

	private void add() {
		int highest = Math.max(this.model.current(),
				this.model.known().stream().filter(WalkModel::isVersion).reduce(0, Math::max));
		int id = (highest / 10 + 1) * 10;
		int dice = this.random.nextInt(100);
		if (dice < 12) {
			id = 1 + this.random.nextInt(highest + 1);
		}
		else if (dice < 25) {
			id = ++this.repeatables;
		}
		if (this.model.files.containsKey(id) || this.model.last.containsKey(id)) {
			return;
		}
		Up up = pick(Up.PLAIN, Up.PLAIN, Up.PLAIN, Up.INDEXED, Up.CONCURRENT, Up.CONCURRENT, Up.VACUUMED, Up.FORGOTTEN);
		Down down = pick(Down.BESIDE, Down.BESIDE, Down.UNDO, Down.FOLDER, Down.SECTION, Down.SECTION, Down.CONCURRENT,
				Down.CONCURRENT, Down.NONE, Down.IRREVERSIBLE);
		if (down == Down.CONCURRENT && up != Up.INDEXED && up != Up.CONCURRENT) {
			down = Down.BESIDE;
		}
		put(new WalkMigration(id, up, down, 0, 0, fault(12), fault((down == Down.CONCURRENT) ? 50 : 8)));
	}

	private int fault(int percent) {
		return (this.random.nextInt(100) < percent) ? this.random.nextInt(3) : -1;
	}

	@SafeVarargs
	private <T> T pick(T... values) {
		return values[this.random.nextInt(values.length)];
	}

	private void spoil() {
		WalkMigration file = some();
		put(this.random.nextBoolean() ? file.withFaults(fault(100), file.downFault())
				: file.withFaults(file.fault(), fault(100)));
	}

	private void editDown() {
		WalkMigration file = some();
		boolean isWritten = file.down() != Down.NONE || this.random.nextBoolean();
		put(isWritten ? file.withDown((file.down() == Down.NONE) ? Down.BESIDE : file.down(), ++this.edits) : file);
	}

	/** Brings back the first file that is not as it was applied, or corrects faults. */
	private void mend() {
		for (int id : this.model.known()) {
			WalkMigration file = this.model.files.get(id);
			WalkMigration applied = this.model.appliedFile(id);
			if (applied != null && (file == null || (WalkModel.isVersion(id) && !this.model.isSame(id)))) {
				put(applied);
				return;
			}
			if (file == null) {
				put(new WalkMigration(id, Up.CONCURRENT, Down.BESIDE, 0, 0, -1, -1));
				return;
			}
			boolean isEdited = this.model.isPartlyApplied(id) && file.edits() > 0;
			if ((applied == null && file.fault() >= 0) || file.downFault() >= 0 || isEdited) {
				put(file.withEdits(isEdited ? 0 : file.edits()).withFaults((applied == null) ? -1 : file.fault(), -1));
				return;
			}
		}
		String stray = this.model.relations.keySet()
			.stream()
			.filter((name) -> name.startsWith("forgotten"))
			.findFirst()
			.orElse(null);
		if (stray != null) {
			this.database.execute("DROP TABLE " + stray);
			this.model.relations.remove(stray);
			this.steps.add("drop " + stray + " by hand");
		}
	}

	private String migrate() {
		String target = upTarget();
		OutOfOrder outOfOrder = pick(OutOfOrder.values());
		this.steps.add("migrate " + target + " out of order " + outOfOrder);
		String expected = this.model.migrate(target, outOfOrder != OutOfOrder.FAIL);
		agree("migrate", expected, this.database.migrate(target, outOfOrder));
		return "migrate: " + expected;
	}

	private String rollBack() {
		String target = downTarget();
		this.steps.add("roll back " + target);
		String expected = this.model.rollBack(target);
		agree("rollback", expected, this.database.rollBack(WalkDatabase.rollbackTarget(target)));
		return "rollback: " + expected;
	}

	/** What only looks; that it changes nothing is seen after each step. */
	private String look() {
		String up = upTarget();
		String down = downTarget();
		this.steps.add("plan " + up + ", plan rollback " + down + ", dry run");
		OutOfOrder outOfOrder = pick(OutOfOrder.values());
		WalkPlan plan = WalkPlan.up(this.model, up, outOfOrder != OutOfOrder.FAIL);
		agree("plan", plan.toString(), this.database.plan(up, outOfOrder));
		String trial = plan.trial(this.model);
		agree("dry run", trial, this.database.dryRun(up, outOfOrder));
		WalkPlan back = WalkPlan.down(this.model, down);
		agree("plan of rollback", back.toString(), this.database.planRollback(WalkDatabase.rollbackTarget(down)));
		return "dry run: " + trial;
	}

	private String upTarget() {
		return pick("latest", "latest", "latest", "next", "+" + (1 + this.random.nextInt(4)), version());
	}

	private String downTarget() {
		return pick("steps 1", "steps 1", "steps " + (1 + this.random.nextInt(4)), "to " + version(),
				"only " + version(), "force " + version(), "everything", "last run");
	}

	/** A version that is there, more often than not. */
	private String version() {
		List<Integer> versions = this.model.known().stream().filter(WalkModel::isVersion).toList();
		return String.valueOf((versions.isEmpty() || this.random.nextInt(5) == 0) ? 1 + this.random.nextInt(99)
				: versions.get(this.random.nextInt(versions.size())));
	}

}
