package dev.samara.execution;

import dev.samara.Internal;

/**
 * Code of an application that works on the database.
 *
 * @param path its class; what follows a {@code #} names it within the class
 * @param isTransactional whether it runs in one transaction with its record
 * @param body what it does
 * @since 0.1.0
 */
@Internal
public record Code(String path, boolean isTransactional, Body body) {

	/**
	 * Do it.
	 * @return the number of rows it has reported
	 * @throws Exception if it fails, an error of it carried, so that whoever begins a
	 * transaction for it tells and records it like any other failure
	 */
	public long run() throws Exception {
		return CodeErrorException.carried(this.body::run);
	}

	/**
	 * What code does.
	 */
	@FunctionalInterface
	public interface Body {

		/**
		 * Do it, possibly several times.
		 * @return the number of rows it has reported
		 * @throws Exception if it fails
		 */
		long run() throws Exception;

	}

}
