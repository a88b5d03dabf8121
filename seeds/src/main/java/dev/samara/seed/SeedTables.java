package dev.samara.seed;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import dev.samara.environment.SeededTables.Target;
import dev.samara.seed.data.QualifiedName;

/**
 * The tables that a seed fills, as far as that is known without a database. A data file
 * has one, a script is read, a seeder declares them. Pure.
 *
 * @param targets the tables
 * @param isComplete whether there are no others
 */
record SeedTables(List<Target> targets, boolean isComplete) {

	SeedTables {
		targets = List.copyOf(targets);
	}

	static SeedTables of(SeedStep step) {
		if (step.work() instanceof SeedWork.LoadData data) {
			return new SeedTables(List.of(target(data.file().table())), true);
		}
		if (step.work() instanceof SeedWork.RunScript script) {
			return ScriptTables.of(script.executable()
				.segments()
				.stream()
				.flatMap((segment) -> segment.statements().stream())
				.toList());
		}
		List<String> declared = ((SeedWork.RunJava) step.work()).seeder().tables();
		List<Target> targets = new ArrayList<>();
		for (String name : declared) {
			QualifiedName table = QualifiedName.parse(name);
			if (table != null) {
				targets.add(target(table));
			}
		}
		return new SeedTables(targets, !declared.isEmpty());
	}

	/** Rows of data files are matched by key, and a seeder is written to run again. */
	private static Target target(QualifiedName table) {
		String quoted = table.quoted();
		String inLowerCase = new QualifiedName(
				(table.schema() != null) ? table.schema().toLowerCase(Locale.ROOT) : null,
				table.name().toLowerCase(Locale.ROOT))
			.quoted();
		return new Target(quoted.equals(inLowerCase) ? List.of(quoted) : List.of(quoted, inLowerCase), true);
	}

}
