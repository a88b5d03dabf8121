package dev.samara.autoconfigure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import dev.samara.testing.Scripts;
import dev.samara.testing.TestDatabase;

/**
 * Starts a {@link BareApplication}.
 */
public final class TestApplication {

	private TestApplication() {
	}

	/**
	 * Starts the application as {@code main} would.
	 * @param type with or without web server
	 * @param properties what the configuration says; later ones win
	 * @param more further configuration
	 * @return the running application; the caller closes it
	 */
	public static ConfigurableApplicationContext start(WebApplicationType type, List<String> properties,
			Class<?>... more) {
		Map<String, String> arguments = new LinkedHashMap<>();
		properties.forEach((property) -> arguments.put(property.substring(0, property.indexOf('=')), property));
		return new SpringApplicationBuilder(BareApplication.class).sources(more)
			.web(type)
			.properties("spring.main.banner-mode=off", "server.port=0", "spring.jmx.enabled=false")
			.run(arguments.values().stream().map((property) -> "--" + property).toArray(String[]::new));
	}

	/**
	 * Properties that lead to a database and to scripts in the folders {@code migration}
	 * and {@code seed}.
	 * @param database the database
	 * @param scripts the scripts
	 * @param more further properties
	 * @return all of them
	 */
	public static List<String> properties(TestDatabase database, Scripts scripts, String... more) {
		List<String> properties = new ArrayList<>(
				List.of("spring.datasource.url=" + database.url(), "spring.datasource.username=" + database.username(),
						"spring.datasource.password=" + database.password(),
						"samara.migrations.locations=" + scripts.location() + "/migration",
						"samara.seeds.locations=" + scripts.location() + "/seed"));
		properties.addAll(List.of(more));
		return properties;
	}

}
