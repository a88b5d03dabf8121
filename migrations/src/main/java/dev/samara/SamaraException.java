package dev.samara;

import org.jspecify.annotations.Nullable;

/**
 * Root of everything Samara throws on purpose. The message says what failed, where and
 * why; {@linkplain #getRemedy() the remedy} says what to do next. Neither carries SQL
 * values or credentials.
 *
 * @since 0.1.0
 */
public abstract class SamaraException extends RuntimeException {

	private final String remedy;

	/**
	 * Create an exception.
	 * @param message what failed, where and why
	 * @param remedy what to do next, with the user's own names in it
	 * @param cause the cause, or {@code null}
	 */
	protected SamaraException(String message, String remedy, @Nullable Throwable cause) {
		super(message, cause);
		this.remedy = remedy;
	}

	/**
	 * Return what to do next.
	 * @return one or more sentences, never empty
	 */
	public String getRemedy() {
		return this.remedy;
	}

}
