package dev.samara.autoconfigure;

import java.util.HashSet;
import java.util.Set;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;
import org.springframework.util.PlaceholderResolutionException;

/**
 * Refuses a configured value with a variable that nobody has set. Spring Boot leaves
 * <code>${VARIABLE}</code> in the text then, and it would become part of the SQL.
 */
final class UnresolvedVariables {

	/**
	 * Their text is not made of variables: a sign, and a secret not to be quoted from.
	 */
	private static final Set<ConfigurationPropertyName> EXEMPT = Set.of(
			ConfigurationPropertyName.of("samara.migrations.placeholder-prefix"),
			ConfigurationPropertyName.of("samara.migrations.placeholder-suffix"),
			ConfigurationPropertyName.of("samara.migrations.password"));

	private UnresolvedVariables() {
	}

	/**
	 * Refuse variables without a value.
	 * @param environment the environment that holds the configuration
	 * @param prefix what the names of the keys to look at begin with
	 * @throws InvalidConfigurationException if a value has one
	 */
	static void refuse(Environment environment, String prefix) {
		ConfigurationPropertyName root = ConfigurationPropertyName.of(prefix);
		Set<ConfigurationPropertyName> seen = new HashSet<>(EXEMPT);
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
			if (source instanceof IterableConfigurationPropertySource iterable) {
				// The first source that has a key wins.
				iterable.stream().filter(root::isAncestorOf).filter(seen::add).forEach((name) -> {
					ConfigurationProperty property = source.getConfigurationProperty(name);
					if (property != null && property.getValue() instanceof CharSequence text) {
						refuse(environment, property, text.toString());
					}
				});
			}
		}
	}

	private static void refuse(Environment environment, ConfigurationProperty property, String text) {
		try {
			environment.resolveRequiredPlaceholders(text);
		}
		catch (PlaceholderResolutionException ex) {
			// Its message quotes the value.
			String variable = "${" + ex.getPlaceholder() + "}";
			throw new InvalidConfigurationException(property.getName().toString(),
					variable + " has no value" + at(property),
					"Set " + ex.getPlaceholder() + ", or give it a default: ${" + ex.getPlaceholder()
							+ ":…}. If it is meant as text, write \\" + variable + ".");
		}
	}

	private static String at(ConfigurationProperty property) {
		return (property.getOrigin() != null) ? ", at " + property.getOrigin() : "";
	}

}
