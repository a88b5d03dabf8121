package dev.samara.placeholder;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PlaceholdersTests {

	@Test
	void showsNoValues() {
		assertThat(Placeholders.of(Map.of("password", "secret"))).asString()
			.contains("password")
			.doesNotContain("secret");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "a b", "-a", "a:b", "samara.x", "Samara.Environment", "é?" })
	void refusesWhatIsNoName(String name) {
		assertThatIllegalArgumentException().isThrownBy(() -> Placeholders.of(Map.of(name, "secret")))
			.satisfies((ex) -> assertThat(ex).hasMessageNotContaining("secret"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "--", "'", "/*", "a;", "\\", "\"", "\n" })
	void refusesSignsThatSqlNeeds(String sign) {
		assertThatIllegalArgumentException().isThrownBy(() -> new Placeholders(true, sign, "}", Map.of()));
		assertThatIllegalArgumentException().isThrownBy(() -> new Placeholders(true, "${", sign, Map.of()));
	}

	@Test
	void refusesNamesThatAreTheSame() {
		assertThatIllegalArgumentException().isThrownBy(() -> Placeholders.of(Map.of("app-user", "a", "appUser", "b")))
			.withMessageContaining("same name");
		assertThat(Placeholders.of(Map.of("app-user", "a", "appuser", "a")).find("APP_USER")).isEqualTo("a");
	}

}
