package dev.samara.autoconfigure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/**
 * Refuses to start while settings or beans of Flyway or Liquibase are present: ignored
 * settings have run test data in production. Before any bean is created, so that neither
 * tool has migrated yet.
 */
final class OtherToolsGuard implements BeanFactoryPostProcessor {

	private static final Map<String, String> TOOLS = tools();

	private static final Map<String, String> BEAN_TYPES = Map.of("flyway", "org.flywaydb.core.Flyway", "liquibase",
			"liquibase.integration.spring.SpringLiquibase");

	private final Environment environment;

	OtherToolsGuard(Environment environment) {
		this.environment = environment;
	}

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
		Binder binder = Binder.get(this.environment);
		OtherTools otherTools = binder.bind("samara.other-tools", OtherTools.class).orElse(OtherTools.FAIL);
		if (otherTools == OtherTools.IGNORE
				|| isOff(binder.bind("samara.migrations.on-startup", String.class).orElse(""))) {
			return;
		}
		Map<String, ConfigurationProperty> found = new TreeMap<>();
		TOOLS.keySet().forEach((tool) -> found.putAll(settings(tool)));
		Map<String, String> present = beans(beans);
		if (!found.isEmpty() || !present.isEmpty()) {
			throw refusal(found, present);
		}
	}

	/** YAML reads the word off as false. */
	private static boolean isOff(String onStartup) {
		return onStartup.equalsIgnoreCase("off") || onStartup.equalsIgnoreCase("false");
	}

	/** A switch that is off alone says nothing that could be ignored. */
	private Map<String, ConfigurationProperty> settings(String tool) {
		ConfigurationPropertyName root = ConfigurationPropertyName.of("spring." + tool);
		Map<ConfigurationPropertyName, ConfigurationProperty> found = new LinkedHashMap<>();
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			if (source instanceof IterableConfigurationPropertySource iterable) {
				iterable.stream().filter(root::isAncestorOf).forEach((name) -> {
					ConfigurationProperty property = source.getConfigurationProperty(name);
					if (property != null) {
						found.putIfAbsent(name, property);
					}
				});
			}
		}
		ConfigurationProperty enabled = found.get(root.append("enabled"));
		if (found.size() == 1 && enabled != null && "false".equalsIgnoreCase(String.valueOf(enabled.getValue()))) {
			return Map.of();
		}
		return found.entrySet()
			.stream()
			.collect(Collectors.toMap((entry) -> entry.getKey().toString(), Map.Entry::getValue));
	}

	private static Map<String, String> beans(ConfigurableListableBeanFactory beans) {
		Map<String, String> present = new TreeMap<>();
		BEAN_TYPES.forEach((tool, name) -> {
			Class<?> type = type(name, beans.getBeanClassLoader());
			if (type != null) {
				for (String bean : beans.getBeanNamesForType(type, true, false)) {
					present.put(bean, tool);
				}
			}
		});
		return present;
	}

	private static @Nullable Class<?> type(String name, @Nullable ClassLoader classLoader) {
		return ClassUtils.isPresent(name, classLoader) ? ClassUtils.resolveClassName(name, classLoader) : null;
	}

	private static OtherToolsException refusal(Map<String, ConfigurationProperty> found, Map<String, String> beans) {
		List<String> problems = new ArrayList<>();
		Set<String> actions = new LinkedHashSet<>();
		if (!found.isEmpty()) {
			problems.add("These settings of another migration tool are present, and Samara does not read them:\n"
					+ found.values().stream().map(OtherToolsGuard::line).collect(Collectors.joining("\n")));
			actions.add("Remove them. For Samara they are:\n\n" + TranslatedSettings.of(values(found)) + "\n");
		}
		beans.forEach((bean, tool) -> {
			problems.add("Bean \"" + bean + "\" is " + TOOLS.get(tool) + ", which would migrate beside Samara.");
			actions.add("Remove " + TOOLS.get(tool) + " from the dependencies, or set spring." + tool
					+ ".enabled=false and nothing else of it.");
		});
		actions.add("If they belong to another database, or are there on purpose, set samara.other-tools=ignore.");
		return new OtherToolsException(String.join("\n", problems), String.join("\n", actions));
	}

	private static String line(ConfigurationProperty property) {
		return "- " + property.getName() + ((property.getOrigin() != null) ? ", at " + property.getOrigin() : "");
	}

	private static Map<String, String> values(Map<String, ConfigurationProperty> found) {
		Map<String, String> values = new TreeMap<>();
		found.forEach((name, property) -> {
			// locations[0], locations[1]: one setting
			String key = name.substring("spring.".length());
			int index = key.indexOf('[');
			boolean isList = index > 0 && key.endsWith("]") && Character.isDigit(key.charAt(index + 1));
			values.merge(isList ? key.substring(0, index) : key, String.valueOf(property.getValue()),
					(first, next) -> first + ", " + next);
		});
		return values;
	}

	private static Map<String, String> tools() {
		Map<String, String> tools = new LinkedHashMap<>();
		tools.put("flyway", "Flyway");
		tools.put("liquibase", "Liquibase");
		return tools;
	}

}
