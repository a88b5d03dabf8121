package dev.samara.autoconfigure;

import java.util.function.Supplier;

import dev.samara.Internal;
import dev.samara.SamaraException;

/**
 * Thrown when a key of the configuration says what cannot be.
 *
 * @since 0.1.0
 */
@Internal
public final class InvalidConfigurationException extends SamaraException {

	InvalidConfigurationException(String key, String problem, String remedy) {
		super(key + ": " + problem, remedy, null);
	}

	/**
	 * Let the engine look at what one key says.
	 * @param <T> type of what it makes of it
	 * @param key the key
	 * @param remedy what to write instead
	 * @param value what the engine makes of the key's value, or refuses
	 * @return what the engine makes of it
	 * @throws InvalidConfigurationException if the engine refuses it
	 */
	public static <T> T check(String key, String remedy, Supplier<T> value) {
		try {
			return value.get();
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidConfigurationException(key, String.valueOf(ex.getMessage()), remedy);
		}
	}

}
