package dev.samara.autoconfigure;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.beans.factory.aot.BeanFactoryInitializationAotContribution;
import org.springframework.beans.factory.aot.BeanFactoryInitializationAotProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

import dev.samara.migration.MigrationSettings;
import dev.samara.script.Location;
import dev.samara.seed.SeedSettings;

/**
 * Brings the scripts of the configured locations into a native image, and the queries of
 * the engine. Locations that only a configuration outside of the build names are not
 * known here.
 */
class ScriptHints implements BeanFactoryInitializationAotProcessor {

	private static final Bindable<List<String>> LOCATIONS = Bindable.listOf(String.class);

	@Override
	public @Nullable BeanFactoryInitializationAotContribution processAheadOfTime(
			ConfigurableListableBeanFactory beanFactory) {
		if (beanFactory.getBeanNamesForType(RunningApplication.class, false, false).length == 0) {
			return null;
		}
		Environment environment = beanFactory.getBean(Environment.class);
		return (generation, code) -> register(environment, generation.getRuntimeHints());
	}

	static void register(Environment environment, RuntimeHints hints) {
		hints.resources().registerPattern("dev/samara/schema/*.sql");
		Binder binder = Binder.get(environment);
		register(binder.bind("samara.migrations.locations", LOCATIONS)
			.orElse(List.of(MigrationSettings.DEFAULT_LOCATION)), hints);
		register(binder.bind("samara.seeds.locations", LOCATIONS).orElse(List.of(SeedSettings.DEFAULT_LOCATION)),
				hints);
	}

	private static void register(List<String> locations, RuntimeHints hints) {
		locations.stream()
			.map(Location::parse)
			.filter((location) -> location.kind() == Location.Kind.CLASSPATH)
			.forEach((location) -> hints.resources().registerPattern(location.path() + "/**"));
	}

}
