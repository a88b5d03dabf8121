package dev.samara.seed.data;

import org.springframework.util.ClassUtils;

import dev.samara.Internal;
import dev.samara.script.Place;
import dev.samara.script.ScriptException;

/**
 * The libraries that read JSON and YAML are there only if the application has them.
 *
 * @since 0.1.0
 */
@Internal
public final class DataLibraries {

	private DataLibraries() {
	}

	/**
	 * Refuse a file in YAML if nothing can read it.
	 * @param path the file
	 * @throws ScriptException if the library is missing
	 */
	public static void requireYaml(String path) {
		require(DataFormat.YAML, path);
	}

	static void require(DataFormat format, String path) {
		switch (format) {
			case CSV, MADE -> {
			}
			case JSON -> require("tools.jackson.core.JsonParser", "JSON", "tools.jackson.core:jackson-core", path);
			case YAML -> require("org.yaml.snakeyaml.Yaml", "YAML", "org.yaml:snakeyaml", path);
		}
	}

	private static void require(String type, String format, String dependency, String path) {
		if (!ClassUtils.isPresent(type, DataLibraries.class.getClassLoader())) {
			throw new ScriptException("missing-library", Place.of(path),
					"To read " + format + " the library " + dependency + " is needed, which is not on the class path",
					"Add the dependency " + dependency + "; Spring Boot manages its version.");
		}
	}

}
