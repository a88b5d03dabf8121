package dev.samara.autoconfigure;

/**
 * What happens when settings or beans of another migration tool are present.
 *
 * @since 0.1.0
 */
enum OtherTools {

	/** The application does not start. */
	FAIL,

	/** They are ignored. */
	IGNORE

}
