package dev.samara.lock;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class SessionActivityTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			CREATE UNIQUE INDEX CONCURRENTLY secret ON t (id) | CREATE UNIQUE INDEX CONCURRENTLY
			update secret set a = 1 | UPDATE
			BEGIN;\tSET LOCAL lock_timeout = 100;\tSET LOCAL statement_timeout = 0;\tALTER TABLE secret | ALTER TABLE
			BEGIN | BEGIN
			<insufficient privilege> |
			secret |
			""")
	void tellsTheCommandAndNothingElse(String query, String command) {
		assertThat(SessionActivity.command(query)).isEqualTo("BEGIN".equals(command) ? null : command);
	}

	@Test
	void saysWhatIsKnownOfWhetherAnybodyIsLeft() {
		SessionActivity working = new SessionActivity("active", Duration.ofMinutes(2), "VACUUM", "IO DataFileRead");
		SessionActivity silent = new SessionActivity("idle", Duration.ofMinutes(2), "COMMIT", null);

		assertThat(working).hasToString("active for 120 s: VACUUM, waiting for IO DataFileRead "
				+ "(the server finishes a statement even if the application that sent it is gone)");
		assertThat(silent).hasToString("idle for 120 s, last: COMMIT (perhaps its application is gone)");
		assertThat(new SessionActivity("active", Duration.ofSeconds(1), null, null)).hasToString("active for 1 s");
	}

	@Test
	void namesASessionAfterItsRun() {
		LockOwner owner = new LockOwner("0a1b2c3d-0000-0000-0000-000000000000", "samara " + "ä".repeat(80), "ä", null);

		assertThat(owner.nameOfRun()).hasSize(63).startsWith("samara ??").endsWith("? 0a1b2c3d");
	}

}
