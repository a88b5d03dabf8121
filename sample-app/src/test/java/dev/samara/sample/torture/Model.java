package dev.samara.sample.torture;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import dev.samara.sample.torture.TortureDatabase.State;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What must hold of a database while nobody works, whatever happened before.
 * <ul>
 * <li>The history only grows, runs do not interleave, and versions are applied in their
 * order and once.</li>
 * <li>Each statement that the history says is done has its effect just once, and no other
 * statement has any. Only a statement that cannot run in a transaction may be done or
 * half done before the history says so.</li>
 * <li>What a run once reported as applied stays applied.</li>
 * <li>Only statements that are broken have failed.</li>
 * </ul>
 */
final class Model {

	private static final Set<String> ERRORS_OF_BROKEN_STATEMENTS = Set.of("22012", "23505");

	private final Map<String, TortureScript> scripts = new TreeMap<>();

	/** Every revision of the repeatable ones. */
	private final Map<String, Set<String>> revisions = new TreeMap<>();

	private List<HistoryRow> known = List.of();

	void put(TortureScript script) {
		String key = script.isVersioned() ? script.key() : script.key().replaceFirst("\\..*", "");
		this.scripts.put(key, script);
		if (!script.isVersioned()) {
			this.revisions.computeIfAbsent(key, (name) -> new TreeSet<>()).add(script.key());
		}
	}

	Collection<TortureScript> scripts() {
		return List.copyOf(this.scripts.values());
	}

	/**
	 * What the next run has to do, up to the first migration that fails.
	 */
	List<TortureScript> pending() {
		List<TortureScript> pending = new ArrayList<>();
		for (TortureScript script : this.scripts.values().stream().sorted(TortureScript.ORDER).toList()) {
			boolean isApplied = this.known.stream()
				.anyMatch((row) -> row.isApplied() && row.key().equals(script.key()));
			if (!isApplied && script.isVersioned()) {
				pending.add(script);
				if (script.isBroken()) {
					break;
				}
			}
		}
		return pending;
	}

	boolean hasBroken() {
		return this.scripts.values().stream().anyMatch(TortureScript::isBroken);
	}

	/**
	 * Checks everything.
	 * @param applied what runs have reported as applied since the last time
	 */
	void check(State state, Collection<String> applied) {
		checkHistory(state.history());
		this.scripts.forEach((key, script) -> {
			if (script.isVersioned()) {
				checkVersioned(script, state);
			}
			else {
				checkRepeatable(key, script, state);
			}
		});
		assertThat(versions(state.order())).as("order of effects").isSorted();
		assertThat(state.history()).filteredOn(HistoryRow::isApplied)
			.extracting(HistoryRow::key)
			.as("what was reported as applied")
			.containsAll(applied);
		this.known = state.history();
	}

	/**
	 * Checks that there is nothing left to do.
	 */
	void checkComplete(State state) {
		for (TortureScript script : this.scripts.values()) {
			if (script.isVersioned()) {
				assertThat(state.historyOf(script.key())).as(script.key()).last().matches(HistoryRow::isApplied);
			}
			else {
				assertThat(state.rows(script.key(), 2)).as("rows of %s", script.key())
					.isEqualTo(script.statements().get(1).rows());
			}
		}
		assertThat(state.relations()).as("validity of indexes").doesNotContainValue(false);
	}

	private void checkHistory(List<HistoryRow> history) {
		assertThat(history.subList(0, Math.min(history.size(), this.known.size()))).as("history, that only grows")
			.isEqualTo(this.known);
		List<String> runs = history.stream().map(HistoryRow::run).toList();
		List<String> turns = new ArrayList<>();
		runs.forEach((run) -> {
			if (turns.isEmpty() || !turns.get(turns.size() - 1).equals(run)) {
				turns.add(run);
			}
		});
		assertThat(turns).as("runs, one after the other").doesNotHaveDuplicates();
		assertThat(versions(history.stream().map(HistoryRow::key).toList())).as("versions in the history").isSorted();
		history.subList(this.known.size(), history.size())
			.stream()
			.filter(HistoryRow::isFailed)
			.forEach(this::checkFailure);
	}

	private void checkFailure(HistoryRow failure) {
		assertThat(this.scripts.get(failure.key()).isBroken()).as("%s is broken", failure).isTrue();
		assertThat(failure.sqlState()).as("%s", failure).isIn(ERRORS_OF_BROKEN_STATEMENTS);
	}

	private static void checkVersioned(TortureScript script, State state) {
		List<HistoryRow> history = state.historyOf(script.key());
		boolean isApplied = history.stream().anyMatch(HistoryRow::isApplied);
		int done = history.isEmpty() ? 0 : history.get(history.size() - 1).done();
		assertThat(history).filteredOn(HistoryRow::isApplied)
			.as("times %s was applied", script.key())
			.hasSizeLessThan(2);
		assertThat(history).extracting(HistoryRow::done).as("progress of %s", script.key()).isSorted();
		if (isApplied || script.isAtomic()) {
			assertThat(done).as("progress of %s", script.key()).isEqualTo(isApplied ? script.statements().size() : 0);
		}
		for (int number = 1; number <= script.statements().size(); number++) {
			boolean maybe = number == done + 1 && !script.isAtomic() && !history.isEmpty();
			checkStatement(script, number, number <= done, maybe, state);
		}
	}

	private static void checkStatement(TortureScript script, int number, boolean isDone, boolean maybe, State state) {
		TortureStatement statement = script.statements().get(number - 1);
		String what = "statement " + number + " of " + script.key() + ", " + (isDone ? "done" : "not done");
		assertThat(state.rows(script.key(), number)).as("rows of %s", what).isEqualTo(isDone ? statement.rows() : 0);
		if (statement.relation() == null || (maybe && statement.kind().isAlone())) {
			return;
		}
		boolean isThere = isDone != (statement.kind() == TortureStatement.Kind.DROP);
		assertThat(state.relations().get(statement.relation())).as("%s after %s", statement.relation(), what)
			.isEqualTo(isThere ? true : null);
	}

	private void checkRepeatable(String key, TortureScript latest, State state) {
		long applied = state.historyOf(key).stream().filter(HistoryRow::isApplied).count();
		long withEffect = 0;
		for (String revision : this.revisions.get(key)) {
			int rows = state.rows(revision, 2);
			withEffect += (rows > 0) ? 1 : 0;
			if (revision.equals(latest.key()) && rows > 0) {
				assertThat(rows).as("rows of %s", revision).isEqualTo(latest.statements().get(1).rows());
			}
		}
		assertThat(withEffect).as("revisions of %s", key).isEqualTo(applied);
	}

	private static List<Integer> versions(List<String> keys) {
		return keys.stream()
			.filter((key) -> key.startsWith("V"))
			.map((key) -> Integer.valueOf(key.substring(1)))
			.toList();
	}

}
