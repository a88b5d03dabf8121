package dev.samara.migration;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.samara.execution.ScriptFailedException;
import dev.samara.execution.ScriptTrial;
import dev.samara.script.Finding;
import dev.samara.script.Place;

/**
 * Tries the callbacks of a dry run, in its transaction.
 */
final class CallbackTrial {

	private final List<Callback> callbacks;

	private final ScriptTrial trial;

	private final List<Finding> warnings;

	/**
	 * Create a trial.
	 * @param callbacks the callbacks
	 * @param trial what runs them
	 * @param warnings where to add what could not be tried
	 */
	CallbackTrial(List<Callback> callbacks, ScriptTrial trial, List<Finding> warnings) {
		this.callbacks = callbacks;
		this.trial = trial;
		this.warnings = warnings;
	}

	/**
	 * Try those of an event, up to the first that fails.
	 * @return why that one has failed, or {@code null}
	 */
	@Nullable ScriptFailedException failure(CallbackEvent event) {
		for (Callback callback : this.callbacks) {
			if (callback.event() != event) {
				continue;
			}
			if (!ScriptTrial.isPossible(callback.executable())) {
				this.warnings.add(Finding.warning("not-tried",
						"Callback " + callback + " was not tried: it cannot run in a transaction",
						"What comes after it was tried without it.", Place.of(callback.path())));
				continue;
			}
			try {
				this.trial.run(callback.executable(), new ArrayList<>());
			}
			catch (ScriptFailedException ex) {
				return ex;
			}
		}
		return null;
	}

	/**
	 * Try those whose failure would change nothing.
	 */
	void after(CallbackEvent event) {
		ScriptFailedException failure = failure(event);
		if (failure != null) {
			this.warnings
				.add(Finding.warning("callback-failed", "Callback " + event + " would fail at " + failure.description(),
						(failure.getRemedy() != null) ? failure.getRemedy() : "Correct the file.", null));
		}
	}

}
