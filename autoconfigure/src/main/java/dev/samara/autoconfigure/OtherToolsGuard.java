package dev.samara.autoconfigure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactoryUtils;
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

	private static final Map<String, String> BEAN_TYPES = Map.of("org.flywaydb.core.Flyway", "flyway",
			"liquibase.integration.spring.SpringLiquibase", "liquibase",
			"liquibase.integration.spring.MultiTenantSpringLiquibase", "liquibase");

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
		List<ConfigurationProperty> found = TOOLS.keySet().stream().flatMap((tool) -> settings(tool).stream()).toList();
		Map<String, String> present = beans(beans);
		if (!found.isEmpty() || !present.isEmpty()) {
			throw refusal(found, present);
		}
	}

	/** YAML reads the word off as false. */
	private static boolean isOff(String onStartup) {
		return onStartup.equalsIgnoreCase("off") || onStartup.equalsIgnoreCase("false");
	}

	/**
	 * Find the settings of a tool, also those that another source overrides: the message
	 * names all that are to be removed. A switch that is off, alone, has no effect that
	 * could be lost.
	 */
	private List<ConfigurationProperty> settings(String tool) {
		ConfigurationPropertyName root = ConfigurationPropertyName.of("spring." + tool);
		List<ConfigurationProperty> found = new ArrayList<>();
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			if (source instanceof IterableConfigurationPropertySource iterable) {
				iterable.stream()
					.filter(root::isAncestorOf)
					.sorted()
					.map(source::getConfigurationProperty)
					.filter(Objects::nonNull)
					.forEach(found::add);
			}
		}
		ConfigurationPropertyName enabled = root.append("enabled");
		boolean isOffAlone = found.stream().allMatch((property) -> property.getName().equals(enabled))
				&& !Binder.get(this.environment).bind(enabled.toString(), Boolean.class).orElse(true);
		return isOffAlone ? List.of() : found;
	}

	private static Map<String, String> beans(ConfigurableListableBeanFactory beans) {
		Map<String, String> present = new TreeMap<>();
		BEAN_TYPES.forEach((name, tool) -> {
			Class<?> type = type(name, beans.getBeanClassLoader());
			if (type != null) {
				for (String bean : BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beans, type, true, false)) {
					present.put(bean, tool);
				}
			}
		});
		return present;
	}

	private static @Nullable Class<?> type(String name, @Nullable ClassLoader classLoader) {
		return ClassUtils.isPresent(name, classLoader) ? ClassUtils.resolveClassName(name, classLoader) : null;
	}

	private static OtherToolsException refusal(List<ConfigurationProperty> found, Map<String, String> beans) {
		List<String> problems = new ArrayList<>();
		Set<String> actions = new LinkedHashSet<>();
		if (!found.isEmpty()) {
			problems.add("These settings of another migration tool are present, and Samara does not read them:\n"
					+ found.stream().map(OtherToolsGuard::line).collect(Collectors.joining("\n")));
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

	/**
	 * Return the values in force. The elements of a list are one setting, of which the
	 * first source replaces all others: a profile's shorter list must not be filled up.
	 */
	private static Map<String, String> values(List<ConfigurationProperty> found) {
		Map<String, List<ConfigurationProperty>> settings = new TreeMap<>();
		for (ConfigurationProperty property : found) {
			List<ConfigurationProperty> setting = settings.computeIfAbsent(TranslatedSettings.uniform(key(property)),
					(key) -> new ArrayList<>());
			if (setting.isEmpty() || setting.get(0).getSource() == property.getSource()) {
				setting.add(property);
			}
		}
		Map<String, String> values = new LinkedHashMap<>();
		settings.values()
			.forEach((setting) -> values.put(key(setting.get(0)),
					setting.stream()
						.map((property) -> String.valueOf(property.getValue()))
						.collect(Collectors.joining(", "))));
		return values;
	}

	/** The key of a setting, without the index of an element in a list. */
	private static String key(ConfigurationProperty property) {
		ConfigurationPropertyName name = property.getName();
		ConfigurationPropertyName setting = name.isNumericIndex(name.getNumberOfElements() - 1) ? name.getParent()
				: name;
		return setting.toString().substring("spring.".length());
	}

	private static Map<String, String> tools() {
		Map<String, String> tools = new LinkedHashMap<>();
		tools.put("flyway", "Flyway");
		tools.put("liquibase", "Liquibase");
		return tools;
	}

}
