package dev.samara.autoconfigure;

import dev.samara.Internal;
import dev.samara.SamaraException;

/**
 * Thrown when settings or beans of another migration tool are present, which Samara would
 * ignore.
 *
 * @since 0.1.0
 */
@Internal
public final class OtherToolsException extends SamaraException {

	OtherToolsException(String message, String remedy) {
		super(message, remedy, null);
	}

}
