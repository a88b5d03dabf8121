package dev.samara.autoconfigure.migration;

import java.util.Objects;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.Environment;

import dev.samara.migration.MigrationTarget;
import dev.samara.migration.MigrationVersion;

/**
 * Reads {@code samara.migrations.target}, and refuses what is likely to be a mistake: a
 * wrong target takes migrations back.
 */
final class ConfiguredTarget {

	private static final ConfigurationPropertyName KEY = ConfigurationPropertyName.of("samara.migrations.target");

	private ConfiguredTarget() {
	}

	/**
	 * Parse a target.
	 * @param text what the configuration says
	 * @throws InvalidTargetException if it is no target, or version 0
	 */
	static MigrationTarget parse(String text) {
		MigrationTarget target;
		try {
			target = MigrationTarget.of(text);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidTargetException("\"" + text + "\"", ", which is no target",
					"Write latest, next, +<number of migrations> or a version.");
		}
		if (target instanceof MigrationTarget.Version version && version.version().equals(MigrationVersion.of("0"))) {
			throw new InvalidTargetException("\"" + text + "\"",
					", and no application takes back everything when it starts",
					"Write the version to go back to; or call Migrator.rollback(RollbackTarget.EVERYTHING).");
		}
		return target;
	}

	/**
	 * Refuse a number without quotes in YAML: {@code +1} and {@code 1.10} have arrived as
	 * 1 and 1.1, and as versions those mean something else.
	 * @param environment the environment that holds the configuration
	 * @throws InvalidTargetException if the target is a number
	 */
	static void requireText(Environment environment) {
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
			ConfigurationProperty property = source.getConfigurationProperty(KEY);
			if (property != null) {
				if (property.getValue() instanceof Number number) {
					throw new InvalidTargetException(number.toString(),
							", a number without quotes, at " + Objects.toString(property.getOrigin(), source.toString())
									+ ". YAML reads +1 as 1 and 1.10 as 1.1, so that it may mean another version",
							"Write what is meant in quotes, as in target: \"1.10\" or target: \"+1\".");
				}
				return;
			}
		}
	}

}
