package dev.samara.seed.data;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Rows that leave a file whose mode is {@code replace}, and what refers to them.
 */
class ReplaceIntegrationTests extends AbstractDataLoad {

	private static final String HEADER = "# samara: mode=replace\n";

	ReplaceIntegrationTests(TestDatabase server) {
		super(server);
	}

	@BeforeEach
	void createTable() {
		this.database.execute("CREATE TABLE species (id int PRIMARY KEY, name text UNIQUE)");
		load("010_species.csv", HEADER + "id,name\n1,Acer\n2,Tilia\n");
	}

	@ParameterizedTest
	@ValueSource(strings = { "CASCADE", "SET NULL", "RESTRICT", "NO ACTION" })
	void leavesAloneWhatOthersReferTo(String action) {
		this.database.execute("CREATE TABLE plant (species_id int REFERENCES species ON DELETE " + action + ")",
				"INSERT INTO plant VALUES (2), (2)");

		assertThatExceptionOfType(DataLoadException.class)
			.isThrownBy(() -> load("010_species.csv", HEADER + "id,name\n1,Acer\n"))
			.withMessageContaining(
					"Rows that left the file are still referred to, by 2 rows of plant (plant_species_id_fkey)")
			.satisfies((ex) -> assertThat(ex.getRemedy()).startsWith("Bring the rows back"));
		assertThat(texts("SELECT name FROM species ORDER BY id")).containsExactly("Acer", "Tilia");
		assertThat(texts("SELECT species_id::text FROM plant")).containsExactly("2", "2");
		this.database.execute("DELETE FROM plant");
		assertThat(load("010_species.csv", false)).isEqualTo(new RowCounts(0, 0, 1, 1));
	}

	@Test
	void makesRoomForRowsThatComeInstead() {
		assertThat(load("010_species.csv", HEADER + "id,name\n1,Tilia\n3,Acer\n")).isEqualTo(new RowCounts(1, 1, 0, 1));

		assertThat(texts("SELECT id || name FROM species ORDER BY id")).containsExactly("1Tilia", "3Acer");
	}

	@ParameterizedTest
	@ValueSource(strings = { "CASCADE", "SET NULL", "NO ACTION" })
	void letsItsOwnRowsReferToOthersFirst(String action) {
		this.database.execute("CREATE TABLE part (id int PRIMARY KEY, parent int REFERENCES part ON DELETE " + action
				+ ", note text)");
		load("020_part.csv", HEADER + "id,parent\n9,\n3,9\n");
		this.database.execute("UPDATE part SET note = 'kept'");

		assertThat(load("020_part.csv", HEADER + "id,parent\n4,\n3,4\n")).isEqualTo(new RowCounts(1, 1, 0, 1));
		assertThat(texts("SELECT concat_ws(' ', id, parent, note) FROM part ORDER BY id")).containsExactly("3 4 kept",
				"4");
		assertThatExceptionOfType(DataLoadException.class)
			.isThrownBy(() -> load("020_part.csv", HEADER + "id,parent\n3,4\n"))
			.withMessageContaining("1 row of part (part_parent_fkey)");
		assertThat(texts("SELECT id::text FROM part ORDER BY id")).containsExactly("3", "4");
	}

	@Test
	void knowsItsRowsWhenTheKeyOfTheFileChanges() {
		assertThat(load("010_species.csv", "# samara: key=name\n" + HEADER + "id,name\n1,Acer\n"))
			.isEqualTo(new RowCounts(0, 0, 1, 1));

		assertThat(texts("SELECT name FROM species")).containsExactly("Acer");
		assertThat(texts("SELECT key::text FROM samara_seed_rows")).containsExactly("{\"id\": \"1\"}");
	}

	@Test
	void takesItsRowsOutOfTheTableItWasForBefore() {
		this.database.execute("CREATE TABLE tree (LIKE species INCLUDING ALL)");

		assertThat(load("010_species.csv", "# samara: table=tree\n" + HEADER + "id,name\n1,Acer\n"))
			.isEqualTo(new RowCounts(1, 0, 0, 2));
		assertThat(texts("SELECT name FROM species")).isEmpty();
		assertThat(texts("SELECT target FROM samara_seed_rows")).containsExactly("public.tree");
	}

	@Test
	void knowsItsRowsInATableThatHasAnotherName() {
		this.database.execute("CREATE SCHEMA garden", "ALTER TABLE species SET SCHEMA garden",
				"ALTER TABLE garden.species RENAME TO tree", "ALTER SCHEMA garden RENAME TO park");

		assertThat(load("010_species.csv", "# samara: table=park.tree\n" + HEADER + "id,name\n1,Acer\n"))
			.isEqualTo(new RowCounts(0, 0, 1, 1));
		assertThat(texts("SELECT name FROM park.tree")).containsExactly("Acer");
	}

	@Test
	void leavesAloneATableThatHasGotTheNameOfItsOwn() {
		this.database.execute("ALTER TABLE species RENAME TO species_old",
				"CREATE TABLE species (id int PRIMARY KEY, name text UNIQUE)",
				"INSERT INTO species VALUES (2, 'of a user')");

		assertThat(load("010_species.csv", HEADER + "id,name\n1,Acer\n")).isEqualTo(new RowCounts(1, 0, 0, 0));
		assertThat(texts("SELECT id || name FROM species ORDER BY id")).containsExactly("1Acer", "2of a user");
		assertThat(texts("SELECT id || name FROM species_old ORDER BY id")).containsExactly("1Acer", "2Tilia");
		assertThat(load("010_species.csv", HEADER + "id,name\n3,Tilia\n")).isEqualTo(new RowCounts(1, 0, 0, 1));
		assertThat(texts("SELECT id || name FROM species ORDER BY id")).containsExactly("2of a user", "3Tilia");
		assertThat(texts("SELECT count(*)::text FROM species_old")).containsExactly("2");
	}

	@Test
	void leavesAloneATableThatWasMadeAnew() {
		this.database.execute("DROP TABLE species", "CREATE TABLE species (id int PRIMARY KEY, name text UNIQUE)",
				"INSERT INTO species VALUES (2, 'of a user')");

		assertThat(load("010_species.csv", HEADER + "id,name\n1,Acer\n")).isEqualTo(new RowCounts(1, 0, 0, 0));
		assertThat(texts("SELECT id || name FROM species ORDER BY id")).containsExactly("1Acer", "2of a user");
		assertThat(texts("SELECT count(*)::text FROM samara_seed_rows")).containsExactly("1");
	}

	@Test
	void followsAColumnOfTheKeyThatHasAnotherName() {
		this.database.execute("ALTER TABLE species DROP CONSTRAINT species_pkey",
				"ALTER TABLE species RENAME COLUMN id TO old_id", "ALTER TABLE species ADD COLUMN id int",
				"UPDATE species SET id = 3 - old_id", "ALTER TABLE species ADD PRIMARY KEY (id)");

		assertThat(load("010_species.csv", "# samara: key=name\n" + HEADER + "old_id,id,name\n1,2,Acer\n"))
			.isEqualTo(new RowCounts(0, 0, 1, 1));
		assertThat(texts("SELECT name FROM species")).containsExactly("Acer");
		this.database.execute("ALTER TABLE species DROP COLUMN old_id");
		assertThatExceptionOfType(DataLoadException.class)
			.isThrownBy(() -> load("010_species.csv", HEADER + "id,name\n2,Acer\n"))
			.withMessageContaining("Samara remembers rows of public.species (id)")
			.satisfies((ex) -> assertThat(ex.getRemedy()).endsWith("in samara_seed_rows."));
		this.database.execute("UPDATE samara_seed_rows SET key = '{\"name\": \"Acer\"}', key_columns = NULL");
		assertThat(load("010_species.csv", HEADER + "id,name\n3,Tilia\n")).isEqualTo(new RowCounts(1, 0, 0, 1));
	}

	@Test
	void upgradesAMemoryOfLayout1InPlace() {
		this.database.execute("DROP TABLE samara_seed_rows",
				"CREATE TABLE samara_seed_rows (seed text NOT NULL, target text NOT NULL, key jsonb NOT NULL)",
				"CREATE INDEX samara_seed_rows_idx ON samara_seed_rows (seed, target)",
				"""
						INSERT INTO samara_seed_rows VALUES ('common/010_species.csv', 'public.species', '{"id": "1"}'),
							('common/010_species.csv', 'public.species', '{"id": "2"}'), ('common/0.csv', 'public.gone', '{"id": "2"}')
						""");

		assertThat(load("010_species.csv", HEADER + "id,name\n1,Acer\n")).isEqualTo(new RowCounts(0, 0, 1, 1));
		this.database.execute("ALTER TABLE species RENAME TO tree");
		assertThat(load("010_species.csv", "# samara: table=tree\n" + HEADER + "id,name\n"))
			.isEqualTo(new RowCounts(0, 0, 0, 1));
		assertThat(texts("SELECT target FROM samara_seed_rows WHERE relation IS NULL")).containsExactly("public.gone");
		// An instance of an older release, which writes no OID.
		this.database.execute("ALTER TABLE tree RENAME TO species",
				"INSERT INTO species VALUES (1, 'Acer'), (5, 'of a user')",
				"INSERT INTO samara_seed_rows VALUES ('common/010_species.csv', 'public.species', '{\"id\": \"1\"}')");
		assertThat(load("010_species.csv", HEADER + "id,name\n2,Tilia\n")).isEqualTo(new RowCounts(1, 0, 0, 1));
		assertThat(texts("SELECT id || name FROM species ORDER BY id")).containsExactly("2Tilia", "5of a user");
	}

	@Test
	void worksUnderAPublicationOfAllTables() {
		this.database.asSuperuser().execute("CREATE PUBLICATION everything FOR ALL TABLES");
		try {
			assertThat(load("010_species.csv", HEADER + "id,name\n1,Acer\n")).isEqualTo(new RowCounts(0, 0, 1, 1));
		}
		finally {
			this.database.asSuperuser().execute("DROP PUBLICATION everything");
		}
		assertThat(texts(
				"SELECT conname FROM pg_constraint WHERE contype = 'p' AND conrelid = 'samara_seed_rows'::regclass"))
			.hasSize(1);
	}

	@Test
	void forgetsRowsThatSomebodyElseHasTakenOut() {
		this.database.execute("DELETE FROM species WHERE id = 2");
		load("010_species.csv", HEADER + "id,name\n1,Acer\n");
		this.database.execute("INSERT INTO species VALUES (2, 'mine')");

		assertThat(load("010_species.csv", false)).isEqualTo(new RowCounts(0, 0, 1, 0));
		assertThat(texts("SELECT name FROM species ORDER BY id")).containsExactly("Acer", "mine");
	}

	@Test
	void seesWhatRefersToPartitionsAndToTheirTable() {
		this.database.execute("""
				CREATE TABLE orders (id int PRIMARY KEY) PARTITION BY RANGE (id);
				CREATE TABLE orders_1 PARTITION OF orders FOR VALUES FROM (0) TO (100);
				CREATE TABLE line (order_id int REFERENCES orders ON DELETE CASCADE);
				CREATE TABLE note (order_id int REFERENCES orders_1 ON DELETE CASCADE);
				""");
		load("020_orders_1.csv", HEADER + "id\n1\n2\n");
		load("030_orders.csv", HEADER + "id\n3\n4\n");
		this.database.execute("INSERT INTO line VALUES (2)", "INSERT INTO note VALUES (4)");

		assertThatExceptionOfType(DataLoadException.class)
			.isThrownBy(() -> load("020_orders_1.csv", HEADER + "id\n1\n"))
			.withMessageContaining("1 row of line (line_order_id_fkey)");
		assertThatExceptionOfType(DataLoadException.class).isThrownBy(() -> load("030_orders.csv", HEADER + "id\n3\n"))
			.withMessageContaining("1 row of note (note_order_id_fkey)");
	}

}
