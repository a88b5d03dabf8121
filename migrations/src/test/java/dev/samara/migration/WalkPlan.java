package dev.samara.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * What a model of a random walk is going to do, or the codes of what is wrong.
 *
 * @param steps the migrations in order
 * @param errors the codes, sorted
 */
record WalkPlan(List<Integer> steps, List<String> errors) {

	WalkPlan {
		steps = List.copyOf(steps);
		errors = errors.stream().sorted().toList();
	}

	/**
	 * Plan a way up.
	 * @param target {@code latest}, {@code next}, {@code +} and a number, or a version
	 */
	static WalkPlan up(WalkModel model, String target, boolean allowsOutOfOrder) {
		SortedMap<Integer, String> states = model.states();
		List<String> errors = new ArrayList<>();
		List<Integer> toDo = new ArrayList<>();
		for (Map.Entry<Integer, String> entry : states.entrySet()) {
			switch (entry.getValue()) {
				case "APPLIED", "FUTURE" -> {
				}
				case "CHANGED" -> errors.add("checksum-changed");
				case "ROLLBACK_UNFINISHED" -> errors.add("rollback-unfinished");
				case "MISSING" -> errors.addAll(WalkModel.isVersion(entry.getKey()) ? List.of("missing") : List.of());
				default -> toDo.add(entry.getKey());
			}
		}
		List<Integer> steps = withinTarget(model, target, toDo, errors);
		for (int id : steps) {
			if (WalkModel.isVersion(id) && id < model.current() && !allowsOutOfOrder && !model.isPartlyApplied(id)) {
				errors.add("out-of-order");
			}
			if (WalkModel.isVersion(id) && model.isPartlyApplied(id)
					&& !startsWith(model.files.get(id).upStatements(), model, id)) {
				errors.add("edited-after-part-was-applied");
			}
		}
		return new WalkPlan(steps, errors);
	}

	private static List<Integer> withinTarget(WalkModel model, String target, List<Integer> toDo, List<String> errors) {
		if (target.equals("latest")) {
			return toDo;
		}
		List<Integer> versions = toDo.stream().filter(WalkModel::isVersion).toList();
		if (target.equals("next") || target.startsWith("+")) {
			int count = target.equals("next") ? 1 : Integer.parseInt(target.substring(1));
			return (versions.size() <= count) ? toDo : versions.subList(0, count);
		}
		int version = Integer.parseInt(target);
		if (!model.known().contains(version) || version < model.current()) {
			errors.add("impossible-target");
		}
		boolean isLast = model.known().stream().filter(WalkModel::isVersion).allMatch((id) -> id <= version);
		return isLast ? toDo.stream().filter((id) -> id <= version || !WalkModel.isVersion(id)).toList()
				: versions.stream().filter((id) -> id <= version).toList();
	}

	/**
	 * Plan a way back.
	 * @param target {@code last run}, {@code everything}, or {@code steps}, {@code to},
	 * {@code only} or {@code force} with a number
	 */
	static WalkPlan down(WalkModel model, String target) {
		List<Integer> latestFirst = model.standing();
		List<Integer> versions = latestFirst.stream().filter(WalkModel::isVersion).toList();
		if (target.equals("everything")) {
			return checked(model, latestFirst);
		}
		if (target.equals("last run")) {
			int run = latestFirst.isEmpty() ? -1 : model.runOf(latestFirst.get(0));
			return checked(model, latestFirst.stream().filter((id) -> model.runOf(id) == run).toList());
		}
		int number = Integer.parseInt(target.substring(target.indexOf(' ') + 1));
		List<Integer> selected = switch (target.substring(0, target.indexOf(' '))) {
			case "steps" -> firstOf(versions, number);
			case "to" -> model.known().contains(number) ? versions.stream().filter((id) -> id > number).toList() : null;
			case "only" -> (versions.indexOf(number) == 0) ? List.of(number) : null;
			case "force" -> versions.contains(number) ? List.of(number) : null;
			default -> throw new IllegalArgumentException(target);
		};
		return (selected != null) ? checked(model, selected) : new WalkPlan(List.of(), List.of("impossible-target"));
	}

	private static @Nullable List<Integer> firstOf(List<Integer> versions, int count) {
		if (count == 1 && versions.isEmpty()) {
			return List.of();
		}
		return (count <= versions.size()) ? versions.subList(0, count) : null;
	}

	private static WalkPlan checked(WalkModel model, List<Integer> selected) {
		List<Integer> steps = new ArrayList<>();
		List<String> errors = new ArrayList<>();
		for (int id : selected) {
			List<WalkStatement> back = wayBack(model, id);
			if (back != null) {
				steps.add(id);
				if (model.isPartlyRolledBack(id) && !startsWith(back, model, id)) {
					errors.add("edited-after-part-was-rolled-back");
				}
			}
			else if (WalkModel.isVersion(id)) {
				boolean counts = model.files.containsKey(id) && (model.isHalf(id) || model.isSame(id));
				errors.add(counts && model.files.get(id).isIrreversible() ? "irreversible" : "no-way-back");
			}
		}
		return new WalkPlan(steps, errors);
	}

	/**
	 * Return the down script of an applied migration: that of its file if it is still the
	 * same, else the one that was there when it was applied.
	 */
	static @Nullable List<WalkStatement> wayBack(WalkModel model, int id) {
		List<WalkStatement> kept = model.applied.containsKey(id) ? model.applied.get(id).file().downStatements() : null;
		WalkMigration file = model.files.get(id);
		if (file == null || (!model.isHalf(id) && !model.isSame(id))) {
			return kept;
		}
		return (file.downStatements() != null || file.isIrreversible()) ? file.downStatements() : kept;
	}

	static boolean startsWith(List<WalkStatement> script, WalkModel model, int id) {
		List<String> done = model.last.get(id).done();
		return script.size() >= done.size()
				&& script.subList(0, done.size()).stream().map(WalkStatement::sql).toList().equals(done);
	}

	/**
	 * Return what a trial of this way up reports: what goes through, and where it ends.
	 */
	String trial(WalkModel model) {
		if (!this.errors.isEmpty()) {
			return "refused " + this.errors;
		}
		TreeMap<String, String> relations = new TreeMap<>(model.relations);
		List<String> tried = new ArrayList<>();
		for (int id : this.steps) {
			List<WalkStatement> script = model.files.get(id).upStatements();
			if (script.stream().anyMatch(WalkStatement::isAlone)
					|| (model.isPartlyApplied(id) && (WalkModel.isVersion(id) || startsWith(script, model, id)))) {
				continue;
			}
			if (!script.stream().allMatch((statement) -> statement.run(relations))) {
				return "failed at " + WalkMigration.name(id) + " after " + tried;
			}
			tried.add(WalkMigration.name(id));
		}
		return "tried " + tried;
	}

	@Override
	public String toString() {
		return "plan " + this.steps.stream().map(WalkMigration::name).toList() + " errors " + this.errors;
	}

}
