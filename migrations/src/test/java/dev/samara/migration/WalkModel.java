package dev.samara.migration;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

/**
 * What a database and its history should be, told without the engine: a folder of
 * migrations, a database of names, and what was applied in which order.
 */
final class WalkModel {

	/** The folder. */
	final SortedMap<Integer, WalkMigration> files = new TreeMap<>();

	/** The database: tables and indexes with their definitions. */
	SortedMap<String, String> relations = new TreeMap<>();

	/** The history: event, migration and number of statements done. */
	final List<String> history = new ArrayList<>();

	/** What is applied, in the order it came. */
	final LinkedHashMap<Integer, Applied> applied = new LinkedHashMap<>();

	final Map<Integer, Attempt> last = new TreeMap<>();

	/** How far ways up have come that were neither finished nor taken back. */
	private final Map<Integer, Attempt> halves = new TreeMap<>();

	boolean hasHistory;

	/** Place in the history of the latest rollback of a versioned migration. */
	private int lastRollback;

	private final List<Run> runs = new ArrayList<>();

	/** An applied migration as its file was, and the run that applied it. */
	record Applied(WalkMigration file, int run, int index) {

	}

	/**
	 * The latest event of a migration, the statements that are done of it, its run, and
	 * its place in the history.
	 */
	record Attempt(String event, List<String> done, int run, int index) {

		boolean isPartial(String event) {
			return this.event.equals(event) && !this.done.isEmpty();
		}

	}

	/** How things were when a run began. */
	private record Run(Map<Integer, String> applied, boolean hasHalves, SortedMap<String, String> relations,
			boolean[] hasPicture) {

	}

	String migrate(String target, boolean allowsOutOfOrder) {
		WalkPlan plan = WalkPlan.up(this, target, allowsOutOfOrder);
		if (!plan.errors().isEmpty()) {
			return "refused " + plan.errors();
		}
		this.hasHistory = true;
		List<String> done = new ArrayList<>();
		if (!plan.steps().isEmpty()) {
			beginRun();
		}
		for (int id : plan.steps()) {
			if (!run(id, this.files.get(id).upStatements(), "")) {
				return "failed at " + WalkMigration.name(id) + " after " + done;
			}
			this.applied.remove(id);
			this.applied.put(id, new Applied(this.files.get(id), this.runs.size(), this.history.size()));
			this.runs.get(this.runs.size() - 1).hasPicture()[0] = true;
			done.add(WalkMigration.name(id));
		}
		return "applied " + done + " to " + current();
	}

	String rollBack(String target) {
		WalkPlan plan = WalkPlan.down(this, target);
		if (!plan.errors().isEmpty()) {
			return "refused " + plan.errors();
		}
		List<String> done = new ArrayList<>();
		if (plan.steps().isEmpty()) {
			return "rolled back [] to " + current() + ", schema not compared";
		}
		beginRun();
		for (int id : plan.steps()) {
			if (!run(id, WalkPlan.wayBack(this, id), "ROLLBACK_")) {
				return "failed at " + WalkMigration.name(id) + " after " + done;
			}
			this.applied.remove(id);
			this.runs.get(this.runs.size() - 1).hasPicture()[0] = true;
			done.add(WalkMigration.name(id));
		}
		return "rolled back " + done + " to " + current() + ", schema " + comparison();
	}

	/** Runs a script up to its end or its first failure; true if it is done. */
	private boolean run(int id, List<WalkStatement> script, String prefix) {
		boolean isBack = !prefix.isEmpty();
		Attempt before = this.last.get(id);
		boolean goesOn = before != null && before.isPartial(prefix + "FAILED")
				&& (isVersion(id) || WalkPlan.startsWith(script, this, id));
		int done = goesOn ? before.done().size() : 0;
		boolean isOneTransaction = done == 0 && script.stream().noneMatch(WalkStatement::isAlone);
		if (!isOneTransaction) {
			record(id, prefix + "STARTED", script.subList(0, done));
		}
		while (done < script.size()) {
			int end = done + 1;
			while (!script.get(done).isAlone() && end < script.size() && !script.get(end).isAlone()) {
				end++;
			}
			SortedMap<String, String> changed = new TreeMap<>(this.relations);
			if (!script.subList(done, end).stream().allMatch((statement) -> statement.run(changed))) {
				record(id, prefix + "FAILED", script.subList(0, done));
				return false;
			}
			this.relations = changed;
			done = end;
			if (!isOneTransaction) {
				record(id, prefix + "PROGRESSED", script.subList(0, done));
			}
		}
		record(id, isBack ? "ROLLED_BACK" : "APPLIED", script);
		return true;
	}

	private void record(int id, String event, List<WalkStatement> done) {
		this.history.add(event + " " + WalkMigration.name(id) + " " + done.size());
		if (event.equals("ROLLED_BACK") && isVersion(id)) {
			this.lastRollback = this.history.size();
		}
		Attempt attempt = new Attempt(event, done.stream().map(WalkStatement::sql).toList(), this.runs.size(),
				this.history.size());
		boolean doesNothing = event.equals("ROLLBACK_FAILED") && done.isEmpty();
		if (event.equals("FAILED") && !done.isEmpty()) {
			this.halves.put(id, attempt);
		}
		else if (!doesNothing && !event.endsWith("STARTED")) {
			this.halves.remove(id);
		}
		this.last.put(id, (doesNothing && this.halves.containsKey(id)) ? this.halves.get(id) : attempt);
	}

	/** The runs whose beginning is kept are those that have changed something. */
	private void beginRun() {
		this.runs.add(new Run(appliedTexts(), hasHalves(), new TreeMap<>(this.relations), new boolean[1]));
	}

	private Map<Integer, String> appliedTexts() {
		Map<Integer, String> texts = new TreeMap<>();
		this.applied.forEach((id, entry) -> texts.put(id, entry.file().upText()));
		return texts;
	}

	private String comparison() {
		Map<Integer, String> now = appliedTexts();
		Run same = null;
		for (Run run : this.runs) {
			same = (run.applied().equals(now) && !run.hasHalves()) ? run : same;
		}
		if (same == null || hasHalves() || !same.hasPicture()[0]) {
			return "not compared";
		}
		return same.relations().equals(this.relations) ? "restored" : "not restored";
	}

	/** What can be taken back, the latest first. */
	List<Integer> standing() {
		return known().stream()
			.filter((id) -> this.applied.containsKey(id) || isHalf(id))
			.sorted(Comparator.comparingInt(this::index).reversed())
			.toList();
	}

	private int index(int id) {
		return isHalf(id) ? this.last.get(id).index() : this.applied.get(id).index();
	}

	int runOf(int id) {
		return isHalf(id) ? this.last.get(id).run() : this.applied.get(id).run();
	}

	/** Whether part of it stands that is not applied, or no more. */
	boolean isHalf(int id) {
		return isPartlyApplied(id) || (isPartlyRolledBack(id) && !this.applied.containsKey(id));
	}

	private boolean hasHalves() {
		return this.last.keySet().stream().anyMatch((id) -> isPartlyApplied(id) || isPartlyRolledBack(id));
	}

	boolean isPartlyApplied(int id) {
		return this.last.containsKey(id) && this.last.get(id).isPartial("FAILED");
	}

	boolean isPartlyRolledBack(int id) {
		return this.last.containsKey(id) && this.last.get(id).isPartial("ROLLBACK_FAILED");
	}

	boolean isSame(int id) {
		return this.files.get(id).upText().equals(this.applied.get(id).file().upText());
	}

	/** What there is to know of, by files or by history. */
	SortedSet<Integer> known() {
		SortedSet<Integer> known = new TreeSet<>(this.files.keySet());
		known.addAll(this.applied.keySet());
		this.last.keySet().stream().filter(this::isHalf).forEach(known::add);
		return known;
	}

	/** The highest version applied, 0 for none. */
	int current() {
		return this.applied.keySet().stream().filter(WalkModel::isVersion).mapToInt((id) -> id).max().orElse(0);
	}

	static boolean isVersion(int id) {
		return id < WalkMigration.FIRST_REPEATABLE;
	}

	/** The state of each migration, in the order they run. */
	SortedMap<Integer, String> states() {
		SortedMap<Integer, String> states = new TreeMap<>();
		known().forEach((id) -> states.put(id, state(id)));
		return states;
	}

	private String state(int id) {
		Attempt attempt = this.last.get(id);
		if (isPartlyRolledBack(id)) {
			return "ROLLBACK_UNFINISHED";
		}
		if (!this.files.containsKey(id)) {
			int highest = this.files.keySet()
				.stream()
				.filter(WalkModel::isVersion)
				.mapToInt((key) -> key)
				.max()
				.orElse(0);
			return (isVersion(id) && id > highest) ? "FUTURE" : "MISSING";
		}
		boolean mayHaveLost = !isVersion(id) && this.applied.containsKey(id)
				&& this.applied.get(id).index() < this.lastRollback;
		if (this.applied.containsKey(id) && !isPartlyApplied(id) && !mayHaveLost && (isSame(id) || isVersion(id))) {
			return isSame(id) ? "APPLIED" : "CHANGED";
		}
		if (attempt != null && !attempt.event().equals("APPLIED") && !attempt.event().startsWith("ROLLBACK_")) {
			return attempt.event();
		}
		if (this.applied.containsKey(id)) {
			return "OUTDATED";
		}
		return (isVersion(id) && id < current()) ? "OUT_OF_ORDER" : "PENDING";
	}

	@Nullable WalkMigration appliedFile(int id) {
		Applied entry = this.applied.get(id);
		return (entry != null) ? entry.file() : null;
	}

}
