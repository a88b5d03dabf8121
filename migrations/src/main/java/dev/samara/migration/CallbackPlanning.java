package dev.samara.migration;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

import dev.samara.execution.Companions;
import dev.samara.execution.ExecutableScript;
import dev.samara.script.Finding;
import dev.samara.script.Place;
import dev.samara.script.ScriptException;

/**
 * Which callbacks a run calls, and what is wrong with them. Pure.
 *
 * @param callbacks the callbacks in the order they are called
 * @param findings what is wrong with them
 */
record CallbackPlanning(List<Callback> callbacks, List<Finding> findings) {

	/** There is nothing to do, so nobody is called. */
	static final CallbackPlanning NONE = new CallbackPlanning(List.of(), List.of());

	CallbackPlanning {
		callbacks = List.copyOf(callbacks);
		findings = List.copyOf(findings);
	}

	static CallbackPlanning of(List<CallbackFile> files, Predicate<CallbackEvent> events) {
		List<Callback> callbacks = new ArrayList<>();
		List<Finding> findings = new ArrayList<>();
		for (CallbackFile file : files) {
			if (events.test(file.name().event())) {
				try {
					Callback callback = new Callback(file.name().event(), file.name().description(),
							ExecutableScript.of(file.script()));
					refuse(callback, findings);
					callbacks.add(callback);
				}
				catch (ScriptException ex) {
					findings.addAll(Finding.allOf(ex));
				}
			}
		}
		callbacks.sort(Comparator.comparing(Callback::event));
		return new CallbackPlanning(callbacks, findings);
	}

	private static void refuse(Callback callback, List<Finding> findings) {
		if (callback.event().isPartOfTransaction() && !Companions.isPossible(callback.executable())) {
			findings.add(Finding.error("callback-outside-transaction",
					callback.event()
							+ " is called inside a transaction, and the file cannot run in one, or sets its modes",
					callback.event().isOfRollback()
							? "Call it before or after all of them: beforeRollback, afterRollback."
							: "Call it before or after all of them: beforeMigrate, afterMigrate.",
					Place.of(callback.path())));
		}
	}

}
