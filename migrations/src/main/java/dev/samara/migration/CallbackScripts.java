package dev.samara.migration;

import java.util.ArrayList;
import java.util.List;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.dao.DataAccessException;

import dev.samara.SamaraException;
import dev.samara.execution.Companions;
import dev.samara.execution.Durability;
import dev.samara.execution.ExecutableScript;
import dev.samara.execution.ExecutionResult;
import dev.samara.execution.Resumption;
import dev.samara.execution.ScriptFailedException;
import dev.samara.lock.LeaseLostException;
import dev.samara.script.Finding;
import dev.samara.script.Place;

/**
 * Calls the callback files of a run, under its lock. What fails before the run stops it;
 * what fails afterwards changes nothing of what is done.
 */
final class CallbackScripts {

	private static final Log logger = LogFactory.getLog(Migrator.class);

	private final List<Callback> callbacks;

	private final LockedSession session;

	CallbackScripts(List<Callback> callbacks, LockedSession session) {
		this.callbacks = callbacks;
		this.session = session;
	}

	/**
	 * Return what runs around each script of the run, in its transaction.
	 */
	Companions around(CallbackEvent before, CallbackEvent after) {
		return companions(this.callbacks, before, after);
	}

	static Companions companions(List<Callback> callbacks, CallbackEvent before, CallbackEvent after) {
		return new Companions(scripts(callbacks, before), scripts(callbacks, after));
	}

	private static List<ExecutableScript> scripts(List<Callback> callbacks, CallbackEvent event) {
		return callbacks.stream().filter((callback) -> callback.event() == event).map(Callback::executable).toList();
	}

	/**
	 * Call what comes before a run.
	 * @param whatStays what is the case if one of them fails, a sentence
	 * @return whether there was any
	 * @throws CallbackFailedException if one of them fails
	 * @throws LeaseLostException if another instance may have taken over
	 */
	boolean before(CallbackEvent event, String whatStays) {
		List<Callback> called = of(event);
		for (Callback callback : called) {
			this.session.requireLock(callback.path());
			try {
				// The run's own last commit waits for the disk.
				call(callback, Durability.WITH_THE_NEXT);
			}
			catch (ScriptFailedException ex) {
				this.session.requireLock(ex, whatStays);
				throw new CallbackFailedException(callback, whatStays, ex);
			}
		}
		return !called.isEmpty();
	}

	/**
	 * Call what comes after a run that has ended well.
	 * @param whatStays what is the case if the lock is lost, a sentence
	 * @return a warning for each that has failed
	 * @throws LeaseLostException if another instance may have taken over
	 */
	List<Finding> after(CallbackEvent event, String whatStays) {
		List<Finding> warnings = new ArrayList<>();
		for (Callback callback : of(event)) {
			this.session.requireLock(callback.path());
			try {
				call(callback, Durability.AT_ONCE);
			}
			catch (ScriptFailedException ex) {
				this.session.requireLock(ex, whatStays);
				warnings.add(warned(callback, ex));
			}
			catch (SamaraException | DataAccessException ex) {
				warnings.add(warned(callback, ex));
			}
		}
		return warnings;
	}

	/** At once: with the lock lost before the next one, nobody gets the warnings. */
	private static Finding warned(Callback callback, RuntimeException ex) {
		Finding warning = failed(callback, ex);
		logger.warn(warning + ". " + warning.remedy());
		return warning;
	}

	/**
	 * Call what comes after a run that has failed. Without the lock, or a connection that
	 * works, nobody is called.
	 * @param failure why the run ends, to which what goes wrong here is added
	 */
	void afterError(CallbackEvent event, RuntimeException failure) {
		if (failure instanceof LeaseLostException || !this.session.connection().isUsable()) {
			return;
		}
		for (Callback callback : of(event)) {
			try {
				this.session.requireLock(callback.path());
				call(callback, Durability.AT_ONCE);
			}
			catch (SamaraException | DataAccessException ex) {
				failure.addSuppressed(ex);
				logger.warn(failed(callback, ex));
			}
		}
	}

	private void call(Callback callback, Durability durability) {
		ExecutionResult result = this.session.executor()
			.execute(callback.work(), Companions.NONE, Resumption.NONE, this.session.unrecorded(), durability);
		logger.info("Called " + callback + " in " + result.duration().toMillis() + " ms, " + result.statements()
				+ ((result.statements() == 1) ? " statement" : " statements"));
	}

	private static Finding failed(Callback callback, RuntimeException ex) {
		boolean isScript = ex instanceof ScriptFailedException;
		String description = (ex instanceof ScriptFailedException script) ? script.description()
				: callback.path() + ": " + ex.getMessage();
		return Finding.warning("callback-failed",
				"Callback " + callback + " failed" + (isScript ? " at " : ": ") + description
						+ "; what the run has done stays as it is",
				"Correct it, and run it by hand if that cannot wait for the next run that has something to do, which calls it again.",
				isScript ? null : Place.of(callback.path()));
	}

	private List<Callback> of(CallbackEvent event) {
		return this.callbacks.stream().filter((callback) -> callback.event() == event).toList();
	}

}
