package dev.samara.autoconfigure;

import java.util.Map;

import dev.samara.Internal;
import dev.samara.placeholder.Placeholders;

/**
 * Makes placeholders of what the configuration says of them, and names the key that says
 * what cannot be.
 *
 * @since 0.1.0
 */
@Internal
public final class ConfiguredPlaceholders {

	private ConfiguredPlaceholders() {
	}

	/**
	 * Make placeholders.
	 * @param enabled whether they are replaced in files that do not say otherwise
	 * @param prefix what {@code samara.migrations.placeholder-prefix} says
	 * @param suffix what {@code samara.migrations.placeholder-suffix} says
	 * @param values what {@code samara.migrations.placeholders} says
	 * @return the placeholders
	 * @throws InvalidConfigurationException if one of them cannot be
	 */
	public static Placeholders of(boolean enabled, String prefix, String suffix, Map<String, String> values) {
		InvalidConfigurationException.check("samara.migrations.placeholder-prefix",
				"Write another sign, such as [[, or take the key out for " + Placeholders.DEFAULT_PREFIX + ".",
				() -> new Placeholders(enabled, prefix, Placeholders.DEFAULT_SUFFIX, Map.of()));
		Placeholders none = InvalidConfigurationException.check("samara.migrations.placeholder-suffix",
				"Write another sign, such as ]], or take the key out for " + Placeholders.DEFAULT_SUFFIX + ".",
				() -> new Placeholders(enabled, prefix, suffix, Map.of()));
		return with(none, enabled, "samara.migrations.placeholders", values);
	}

	/**
	 * Add values.
	 * @param placeholders the placeholders
	 * @param enabled whether they are replaced in files that do not say otherwise
	 * @param key the key that has the values
	 * @param values the values by name
	 * @return all of them
	 * @throws InvalidConfigurationException if a name is none
	 */
	public static Placeholders with(Placeholders placeholders, boolean enabled, String key,
			Map<String, String> values) {
		String remedy = "Give it another name, in the files too.";
		values.keySet()
			.forEach((name) -> InvalidConfigurationException.check(key + "[" + name + "]", remedy,
					() -> Placeholders.of(Map.of(name, ""))));
		return InvalidConfigurationException.check(key, "Take one of them out.", () -> {
			Placeholders.of(values);
			return placeholders.with(enabled, values);
		});
	}

}
