package dev.samara.migration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page of directives knows every one that a migration may have.
 */
class DirectivesPageTests {

	@Test
	void hasAnExampleOfEach() throws IOException {
		String page = Files.readString(Path.of("../docs/directives.md"));

		assertThat(MigrationResolver.UP_DIRECTIVES)
			.allSatisfy((key) -> assertThat(page).contains("| `" + key + "` | `-- samara: " + key));
	}

}
