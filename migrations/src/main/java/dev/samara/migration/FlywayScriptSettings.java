package dev.samara.migration;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import dev.samara.execution.ExecutableScript;
import dev.samara.execution.Segment;
import dev.samara.script.Finding;
import dev.samara.script.Place;
import dev.samara.script.Script;
import dev.samara.script.ScriptException;
import dev.samara.script.ScriptSource;

/**
 * The script configuration file of Flyway, {@code V2__a.sql.conf} beside
 * {@code V2__a.sql}. Samara reads none, so a setting that the script does not repeat as a
 * directive is a finding where the script would run. Pure but for {@link #read}.
 *
 * @param values the settings by name in lower case
 */
record FlywayScriptSettings(Map<String, Setting> values) {

	/** What the file's name ends with, after that of the script. */
	static final String EXTENSION = ".conf";

	/**
	 * Read a file.
	 * @throws ScriptException if it cannot be read
	 */
	static FlywayScriptSettings read(ScriptSource source) {
		Map<String, Setting> values = new LinkedHashMap<>();
		int number = 0;
		for (String line : text(source).split("\\R")) {
			number++;
			int sign = line.indexOf('=');
			if (sign > 0 && !line.stripLeading().startsWith("#")) {
				String name = line.substring(0, sign).strip();
				values.put(name.toLowerCase(Locale.ROOT).replaceFirst("^flyway\\.", ""),
						new Setting(name + "=" + line.substring(sign + 1).strip(), line.substring(sign + 1).strip(),
								new Place(source.path(), number, 1)));
			}
		}
		return new FlywayScriptSettings(values);
	}

	private static String text(ScriptSource source) {
		try {
			return source.resource().getContentAsString(StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new ScriptException("unreadable", Place.of(source.path()),
					"The file cannot be read (" + ex.getMessage() + ")",
					"Check that the file exists and that the application may read it.");
		}
	}

	/**
	 * Check a script.
	 * @param executable the script that is about to run
	 * @return an error for each setting by which Flyway would run it differently
	 */
	List<Finding> check(ExecutableScript executable) {
		Script script = executable.script();
		List<Finding> findings = new ArrayList<>();
		Setting transaction = this.values.get("executeintransaction");
		if (isFalse(transaction) && executable.segments().stream().anyMatch(Segment::isTransaction)) {
			findings
				.add(unread(transaction, "the script would run in a transaction", write("transaction=none", script)));
		}
		Setting placeholders = this.values.get("placeholderreplacement");
		if (isFalse(placeholders) && script.filling().isOn()) {
			findings.add(unread(placeholders, "placeholders would be replaced", write("placeholders=off", script)));
		}
		Setting encoding = this.values.get("encoding");
		if (encoding != null && !encoding.value.equalsIgnoreCase("UTF-8")
				&& script.directives().find("encoding").isEmpty()) {
			findings.add(unread(encoding, "the script would be read in the encoding of its location",
					write("encoding=" + encoding.value, script)));
		}
		Setting condition = this.values.get("shouldexecute");
		if (condition != null && !condition.value.equalsIgnoreCase("true")) {
			findings.add(unread(condition, "the script would run under any condition",
					"Write \"-- samara: environments=…\" at the top of " + script.path()
							+ ", or move the script out of the location; then delete this line."));
		}
		return findings;
	}

	private static boolean isFalse(@Nullable Setting setting) {
		return setting != null && setting.value.equalsIgnoreCase("false");
	}

	private static String write(String directive, Script script) {
		return "Write \"-- samara: " + directive + "\" at the top of " + script.path() + ".";
	}

	private static Finding unread(@Nullable Setting setting, String effect, String remedy) {
		Setting known = Objects.requireNonNull(setting);
		return Finding.error("foreign-directive",
				"\"" + known.text + "\" is a script setting of Flyway, which Samara does not read: " + effect, remedy,
				known.place);
	}

	/**
	 * A setting and its place.
	 *
	 * @param text the setting as it is in the file
	 */
	record Setting(String text, String value, Place place) {

	}

}
