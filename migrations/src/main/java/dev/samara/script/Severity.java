package dev.samara.script;

/**
 * How bad a finding is.
 *
 * @since 0.1.0
 */
public enum Severity {

	/** Nothing runs until it is dealt with. */
	ERROR,

	/** Worth knowing; the run goes on. */
	WARNING

}
