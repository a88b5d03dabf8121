package dev.samara.seed.data;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

import dev.samara.Internal;

/**
 * How the rows of a file are written.
 *
 * @since 0.1.0
 */
@Internal
public enum DataFormat {

	/** Comma-separated values with a header line. */
	CSV(List.of(".csv")),

	/** An array of objects. */
	JSON(List.of(".json")),

	/** A sequence of mappings. */
	YAML(List.of(".yaml", ".yml")),

	/** None at all: rows are made. */
	MADE(List.of());

	private final List<String> extensions;

	DataFormat(List<String> extensions) {
		this.extensions = extensions;
	}

	/**
	 * Return the extensions of the format's files.
	 * @return with their dots, in lower case
	 */
	public List<String> extensions() {
		return this.extensions;
	}

	/**
	 * Return whether a file says how to make rows, and holds none.
	 * @param file its name or path
	 * @return whether it ends in {@code .generate.yaml} or {@code .generate.yml}
	 */
	public static boolean isMade(String file) {
		String name = file.toLowerCase(Locale.ROOT);
		return YAML.extensions.stream().anyMatch((extension) -> name.endsWith(".generate" + extension));
	}

	/**
	 * Return the format of a file.
	 * @param file its name or path
	 * @return the format, empty if it is not a data file
	 */
	public static Optional<DataFormat> of(String file) {
		String name = file.toLowerCase(Locale.ROOT);
		if (isMade(name)) {
			return Optional.empty();
		}
		for (DataFormat format : values()) {
			if (format.extensions.stream().anyMatch(name::endsWith)) {
				return Optional.of(format);
			}
		}
		return Optional.empty();
	}

}
