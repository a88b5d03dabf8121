package dev.samara.seed.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.samara.script.Location;
import dev.samara.script.ScriptException;
import dev.samara.script.ScriptFilling;
import dev.samara.script.ScriptScanner;
import dev.samara.script.ScriptSource;
import dev.samara.testing.Scripts;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where directives of data files stand.
 */
class DataFileDirectivesTests {

	@TempDir
	private Path folder;

	private final List<ScriptException> problems = new ArrayList<>();

	@ParameterizedTest
	@ValueSource(strings = { "---\n", "\n--- \n\n", "%YAML 1.1\n---\n", "# a comment\n--- # here it begins\n",
			"\uFEFF---\r\n" })
	void readsDirectivesBelowTheBeginningOfYaml(String beginning) {
		DataFile file = read("010_species.yaml", beginning + "# samara: mode=replace\n# samara: key=name\n- name: a\n");

		assertThat(this.problems).isEmpty();
		assertThat(file.mode()).isEqualTo(DataMode.REPLACE);
		assertThat(file.key()).isEqualTo("name");
	}

	private DataFile read(String name, String content) {
		Scripts files = Scripts.in(this.folder).add(name, content);
		ScriptSource source = new ScriptScanner(getClass().getClassLoader())
			.scan(Location.parse(files.location()), name.substring(name.lastIndexOf('.')))
			.get(0);
		return DataFileReader.read(source, ScriptFilling.NONE, this.problems).orElse(null);
	}

}
