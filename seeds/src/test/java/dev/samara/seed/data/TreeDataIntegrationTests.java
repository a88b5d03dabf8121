package dev.samara.seed.data;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * JSON and YAML: the same rows, with values that are trees.
 */
class TreeDataIntegrationTests extends AbstractDataLoad {

	TreeDataIntegrationTests(TestDatabase server) {
		super(server);
	}

	@BeforeEach
	void createTables() {
		this.database.execute(
				"""
						CREATE SCHEMA shop;
						CREATE TABLE shop.species (id serial PRIMARY KEY, genus text, name text, UNIQUE (genus, name));
						INSERT INTO shop.species VALUES (50, 'Acer', 'palmatum'), (60, 'Acer', 'rubrum');
						CREATE TABLE shop.item (sku text PRIMARY KEY, species_id int REFERENCES shop.species, doc jsonb, tags text[],
							grid int[], docs jsonb[], picture bytea, at timestamptz, price numeric, active boolean NOT NULL DEFAULT true);
						""");
	}

	@Test
	void loadsYaml() {
		String yaml = """
				# samara: table=shop.item
				- sku: a
				  species_id: {ref: shop.species, genus: Acer, name: palmatum}
				  doc: {no: NO, "n": 1.10, ok: true, nothing: ~, list: [a, "b\\"", 3], text: "1"}
				  tags: [a, null, "b,\\"c\\\\", 'NULL']
				  grid: [[1, 2], [3, 4]]
				  docs: [{a: 1}, [2]]
				  picture: !!binary aGVs
				    bG8=
				  at: 2026-03-01T12:00:00Z
				  price: 12345678901234567890.123456789012345678
				- sku: no
				  species_id: null
				  picture: base64:aGVsbG8=
				  doc: '{"raw": true}'
				  price: ~
				""";

		assertThat(load("010.yaml", yaml)).isEqualTo(new RowCounts(2, 0, 0, 0));
		assertThat(load("010.yaml", false)).isEqualTo(new RowCounts(0, 0, 2, 0));
		assertThat(texts("SELECT species_id || '|' || (doc::text) || '|' || tags::text || '|' || grid::text || '|' || "
				+ "docs::text || '|' || convert_from(picture, 'UTF8') || '|' || price FROM shop.item WHERE sku = 'a'"))
			.containsExactly(
					"50|{\"n\": 1.10, \"no\": \"NO\", \"ok\": true, \"list\": [\"a\", \"b\\\"\", 3], \"text\": \"1\", "
							+ "\"nothing\": null}|{a,NULL,\"b,\\\"c\\\\\",\"NULL\"}|{{1,2},{3,4}}|"
							+ "{\"{\\\"a\\\": 1}\",[2]}|hello|12345678901234567890.123456789012345678");
		assertThat(texts("SELECT doc::text || active FROM shop.item WHERE sku = 'no'"))
			.containsExactly("{\"raw\": true}true");
	}

	@Test
	void loadsJson() {
		String json = """
				{"samara": {"table": "shop.item", "mode": "replace"}, "rows": [
				{"sku": "a", "doc": {"x": 1.0000000000000000001, "y": [null]}, "price": 1e2, "tags": ["ü", "\\u00e9"]},
				{"sku": "b", "doc": 3, "species_id": {"ref": "shop.species", "genus": "Acer", "name": "rubrum"}}
				]}
				""";

		assertThat(load("010_items.json", json)).isEqualTo(new RowCounts(2, 0, 0, 0));
		assertThat(load("010_items.json", json.replaceFirst("(?m)^\\{\"sku\": \"a\".*\n", "")))
			.isEqualTo(new RowCounts(0, 0, 1, 1));
		assertThat(load("020_shop.item.json",
				"[{\"sku\": \"z\", \"doc\": {\"x\": 1.0000000000000000001}, \"tags\": [\"\\u00e9\"]}]"))
			.isEqualTo(new RowCounts(1, 0, 0, 0));
		assertThat(texts(
				"SELECT sku || doc::text || coalesce(species_id, 0) || coalesce(tags::text, '') FROM shop.item ORDER BY sku"))
			.containsExactly("b360", "z{\"x\": 1.0000000000000000001}0{é}");
	}

	@Test
	void tellsWhatIsWrongWithTheirRows() {
		DataLoadException ex = error("010_shop.item.yaml", """
				- sku: &anchor a
				  sku: b
				- text
				- sku: !java/util.Date c
				- sku: *anchor
				""");
		assertThat(ex.getProblems()).extracting(DataProblem::toString)
			.hasSize(5)
			.allMatch((text) -> text.matches(".*/010_shop.item.yaml:[1-5]:\\d+: .*"));
		assertThat(error("010_shop.item.yaml", "- sku: a\n  tags: {a: b}\n- sku: b\n  active: false\n").getProblems())
			.extracting(DataProblem::message)
			.containsExactly("Column \"tags\" takes no mapping",
					"The row leaves out column \"active\", which has a default and stands in other rows");
		assertThat(error("010_shop.item.json", "[{\"sku\": \"a\"},\n{\"sku\"; 1}]"))
			.hasMessageContaining("json:2:7: The JSON cannot be read from here on");
		assertThat(error("010_shop.item.json", "[{\"sku\": \"a\"},\n{\"sku\": \"b\",\n\"price\": \"x1\"}]"))
			.hasMessageContaining("json:2: row 2, column price (numeric): invalid input syntax");
		assertThat(error("010_shop.item.yaml",
				"- sku: a\n  species_id: {ref: shop.species, genus: Acer, name: x}\n- sku: b\n  species_id: 3\n"))
			.hasMessageContaining("different references, or references and other values");
	}

	@Test
	void tellsReferencesThatAreNone() {
		assertThat(error("010_shop.item.yaml", """
				- sku: a
				  species_id: {ref: shop.species, genus: Acer, name: [palmatum]}
				- sku: b
				  species_id: {ref: shop.species, genus: {x: y}, name: rubrum}
				- sku: c
				  species_id: {ref: shop.species, genus: Acer, name: }
				- sku: d
				  species_id: ~
				""").getProblems()).extracting((problem) -> problem.line() + ": " + problem.message())
			.containsExactly("1: The reference in column \"species_id\" has no single value for \"name\"",
					"3: The reference in column \"species_id\" has no single value for \"genus\"",
					"5: The reference in column \"species_id\" has no value for \"name\"");
		assertThat(error("020_shop.item.yaml", "- sku: a\n  species_id: {ref: shop.species, genus: , name: }\n"))
			.satisfies((ex) -> assertThat(ex.getRemedy()).startsWith("Write null instead of the reference"));
		assertThat(error("030_shop.item.yaml", "- sku: a\n- sku: b\n  species_id: {ref: shop.species}\n"))
			.hasMessageContaining("yaml:2: The references of column");
	}

	@Test
	void comparesReferencesInAnyOrder() {
		assertThat(load("010_shop.item.yaml", """
				- {sku: a, species_id: {ref: shop.species, genus: Acer, name: palmatum}}
				- {sku: b, species_id: ~}
				- {sku: c, species_id: {name: rubrum, genus: Acer, ref: shop.species}}
				""")).isEqualTo(new RowCounts(3, 0, 0, 0));
		assertThat(texts("SELECT sku || species_id FROM shop.item WHERE species_id > 0 ORDER BY sku"))
			.containsExactly("a50", "c60");
		String reference = "- {sku: a, species_id: {ref: shop.species, genus: Acer, name: palmatum}}\n";
		for (String other : new String[] { "{ref: shop.species, genus: Acer}", "3" }) {
			String row = "- {sku: b, species_id: " + other + "}\n";
			assertThat(error("020_shop.item.yaml", "- sku: x\n" + reference + row + row))
				.hasMessageContaining("yaml:3: Column \"species_id\" holds different references");
		}
		assertThat(error("020_shop.item.yaml", "- {sku: b, species_id: 3}\n" + reference + reference))
			.hasMessageContaining("yaml:2: Column \"species_id\" holds different references");
	}

	private DataLoadException error(String name, String content) {
		return catchThrowableOfType(DataLoadException.class, () -> load(name, content));
	}

}
