package dev.samara.migration;

/**
 * What happens to a migration that is not applied though a later version is.
 *
 * @since 0.1.0
 */
public enum OutOfOrder {

	/** Nothing runs. */
	FAIL,

	/** It is applied, with a warning. */
	WARN,

	/** It is applied. */
	ALLOW

}
