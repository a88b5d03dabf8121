package dev.samara.testing;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class ScriptsTests {

	@TempDir
	Path folder;

	@Test
	void writesOverwritesAndRemovesFiles() {
		Scripts scripts = Scripts.in(this.folder)
			.add("V1__a.sql", "SELECT 1")
			.add("V1__a.sql", "SELECT 'ä';\r\n")
			.add("rollback/V1__a.sql", "")
			.add("V2__b.sql", "")
			.remove("V2__b.sql");

		assertThat(scripts.path("V1__a.sql")).hasContent("SELECT 'ä';\r\n");
		assertThat(Files.exists(scripts.path("rollback/V1__a.sql"))).isTrue();
		assertThat(Files.exists(scripts.path("V2__b.sql"))).isFalse();
	}

	@Test
	void givesItsFolderAsLocation() {
		assertThat(Scripts.in(this.folder).location()).isEqualTo("file:" + this.folder);
	}

}
