package dev.samara.schema;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SchemaSnapshotTests {

	private static final SchemaObject TABLE = SchemaObject.of("table public.a", "(id)");

	private static final SchemaObject COLUMN = SchemaObject.of("column public.a.id", "integer");

	@Test
	void isKeptAsLinesOfText() {
		assertThat(snapshot(TABLE, COLUMN).toCompactText()).isEqualTo("""
				samara-schema 1/18
				%s column public.a.id
				%s table public.a
				""".formatted(COLUMN.hash(), TABLE.hash()));
	}

	@Test
	void isEqualToWhatWasKeptOfIt() {
		SchemaSnapshot snapshot = snapshot(TABLE, COLUMN);

		SchemaSnapshot kept = SchemaSnapshot.ofCompactText(snapshot.toCompactText());

		assertThat(kept).isEqualTo(snapshot).hasSameHashCodeAs(snapshot);
		assertThat(kept.fingerprint()).isEqualTo(snapshot.fingerprint());
		assertThat(kept.objects().get("table public.a").definition()).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "table public.\"two\nlines\"", "table public.\"r\r\"", "table public.\"back\\slash\"",
			"table public.\"\\n\"", "table public.\"two  blanks \"", "table public.\"é😀\"",
			"table public.\"\u2028\"" })
	void keepsAnyName(String identity) {
		SchemaSnapshot snapshot = snapshot(SchemaObject.of(identity, ""), TABLE);

		assertThat(SchemaSnapshot.ofCompactText(snapshot.toCompactText()).objects().keySet())
			.containsExactlyInAnyOrder(identity, "table public.a");
	}

	@Test
	void hasAFingerprintThatFollowsTheDefinitionsAndNotTheOrder() {
		String fingerprint = snapshot(TABLE, COLUMN).fingerprint();

		assertThat(fingerprint).matches("sha256:[0-9a-f]{64}").isEqualTo(snapshot(COLUMN, TABLE).fingerprint());
		assertThat(snapshot(TABLE, SchemaObject.of("column public.a.id", "bigint")).fingerprint())
			.isNotEqualTo(fingerprint);
		assertThat(snapshot(TABLE).fingerprint()).isNotEqualTo(fingerprint);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "table public.a", "samara-schema 1/18\ntable public.a", "samara-schema 1/18\n\n",
			"samara-schema 1/18\n0123456789abcdef " })
	void refusesAnotherText(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> SchemaSnapshot.ofCompactText(text));
	}

	@Test
	void refusesTwoObjectsOfOneName() {
		assertThatIllegalArgumentException().isThrownBy(() -> snapshot(TABLE, SchemaObject.of("table public.a", "x")))
			.withMessageContaining("table public.a");
	}

	private static SchemaSnapshot snapshot(SchemaObject... objects) {
		return SchemaSnapshot.of("1/18", List.of(objects));
	}

}
