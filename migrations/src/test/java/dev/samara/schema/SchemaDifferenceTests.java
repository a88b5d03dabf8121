package dev.samara.schema;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import dev.samara.schema.SchemaDifference.Change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SchemaDifferenceTests {

	private static final SchemaObject TABLE = SchemaObject.of("table public.a", "(id, name)");

	private static final SchemaObject TEXT = SchemaObject.of("column public.a.name", "text");

	private static final SchemaObject VARCHAR = SchemaObject.of("column public.a.name", "character varying(10)");

	private static final SchemaObject INDEX = SchemaObject.of("index public.a_id",
			"CREATE INDEX a_id ON public.a (id)");

	@Test
	void isEmptyBetweenEqualPictures() {
		SchemaDifference difference = SchemaDifference.between(snapshot(TABLE, TEXT), snapshot(TEXT, TABLE));

		assertThat(difference.isEmpty()).isTrue();
		assertThat(difference.size()).isZero();
		assertThat(difference).hasToString("");
	}

	@Test
	void tellsWhatIsMoreLessAndAnother() {
		SchemaObject schema = SchemaObject.of("schema app", "");

		SchemaDifference difference = SchemaDifference.between(snapshot(TABLE, TEXT, INDEX),
				snapshot(TABLE, VARCHAR, schema));

		assertThat(difference.added()).containsExactly(schema);
		assertThat(difference.removed()).containsExactly(INDEX);
		assertThat(difference.changed()).containsExactly(new Change(TEXT, VARCHAR));
		assertThat(difference.isEmpty()).isFalse();
		assertThat(difference.size()).isEqualTo(3);
		assertThat(difference).hasToString("""
				~ column public.a.name: text -> character varying(10)
				- index public.a_id: CREATE INDEX a_id ON public.a (id)
				+ schema app""");
	}

	@Test
	void worksWithAPictureThatWasKeptWithoutDefinitions() {
		SchemaSnapshot kept = kept(snapshot(TABLE, TEXT, INDEX));

		SchemaDifference difference = SchemaDifference.between(kept, snapshot(TABLE, VARCHAR));

		assertThat(difference.lines()).containsExactly("~ column public.a.name: is character varying(10)",
				"- index public.a_id");
		assertThat(SchemaDifference.between(snapshot(VARCHAR), kept(snapshot(TEXT))).lines())
			.containsExactly("~ column public.a.name: was character varying(10)");
		assertThat(SchemaDifference.between(kept(snapshot(VARCHAR)), kept(snapshot(TEXT))).lines())
			.containsExactly("~ column public.a.name: changed");
	}

	@Test
	void showsThePlaceWhereLongDefinitionsDiffer() {
		SchemaObject before = SchemaObject.of("function public.f()",
				"x".repeat(1000) + "\nBEGIN; old;" + "y".repeat(900));
		SchemaObject after = SchemaObject.of("function public.f()",
				"x".repeat(1000) + "\nBEGIN; new;" + "y".repeat(900));

		assertThat(SchemaDifference.between(snapshot(before), snapshot(after)).lines()).singleElement()
			.asString()
			.hasSizeLessThan(300)
			.matches("~ function public\\.f\\(\\): …x+ BEGIN; old;y+… -> …x+ BEGIN; new;y+…");
	}

	@Test
	void cutsALongDefinition() {
		SchemaObject view = SchemaObject.of("view public.v", " SELECT 1,\n    2," + " 3,".repeat(500));

		assertThat(SchemaDifference.between(snapshot(), snapshot(view)).lines()).singleElement()
			.asString()
			.startsWith("+ view public.v: SELECT 1, 2, 3,")
			.endsWith("…")
			.hasSizeLessThan(150);
	}

	@Test
	void saysThatOnlyWhiteSpaceIsAnother() {
		SchemaObject before = SchemaObject.of("function public.f()", "BEGIN\nEND");
		SchemaObject after = SchemaObject.of("function public.f()", "BEGIN\r\nEND");

		assertThat(SchemaDifference.between(snapshot(before), snapshot(after)).lines())
			.containsExactly("~ function public.f(): white space only");
	}

	@Test
	void refusesToComparePicturesInDifferentWords() {
		SchemaSnapshot older = SchemaSnapshot.of("1/17", List.of(TABLE));

		assertThat(older.isComparableTo(snapshot(TABLE))).isFalse();
		assertThatIllegalArgumentException().isThrownBy(() -> SchemaDifference.between(older, snapshot(TABLE)))
			.withMessageContaining("1/17")
			.withMessageContaining("1/18");
	}

	private static SchemaSnapshot snapshot(SchemaObject... objects) {
		return SchemaSnapshot.of("1/18", Stream.of(objects).toList());
	}

	private static SchemaSnapshot kept(SchemaSnapshot snapshot) {
		return SchemaSnapshot.ofCompactText(snapshot.toCompactText());
	}

}
