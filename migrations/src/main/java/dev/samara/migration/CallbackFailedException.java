package dev.samara.migration;

import dev.samara.SamaraException;
import dev.samara.execution.ScriptFailedException;

/**
 * Thrown when a callback that is called before anything else fails, and so keeps a run
 * from beginning.
 *
 * @since 0.1.0
 */
public final class CallbackFailedException extends SamaraException {

	private final CallbackEvent event;

	CallbackFailedException(Callback callback, String whatStays, ScriptFailedException cause) {
		this(callback, whatStays, cause.getRemedy(), cause);
	}

	CallbackFailedException(Callback callback, String whatStays, String remedy, ScriptFailedException cause) {
		super("Callback %s failed at %s. %s".formatted(callback, cause.description(), whatStays), remedy, cause);
		this.event = callback.event();
	}

	/**
	 * Return when the callback was called.
	 * @return the event
	 */
	public CallbackEvent getEvent() {
		return this.event;
	}

}
