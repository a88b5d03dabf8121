package dev.samara.seed.data;

import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Files so large that it matters how they are merged.
 */
class ManyRowsIntegrationTests extends AbstractDataLoad {

	private static final int ROWS = 20_000;

	/**
	 * A row that ON CONFLICT has looked at and left alone is locked; by a join it is not.
	 */
	private static final String LOCKED = "SELECT count(*) FROM city WHERE xmax <> 0 AND name LIKE 'same%'";

	ManyRowsIntegrationTests(TestDatabase server) {
		super(server);
	}

	@BeforeEach
	void createTable() {
		this.database.execute("CREATE TABLE city (id integer PRIMARY KEY, name text NOT NULL)");
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void leavesItToTheConflictWhereMostRowsDiffer(boolean remember) {
		load("010_city.csv", file(ROWS, (id) -> (id % 10 == 0) ? "same" : "old"), remember);
		String versions = "SELECT string_agg(xmin::text, ',' ORDER BY id) FROM city WHERE name = 'same'";
		String before = this.database.value(String.class, versions);

		RowCounts counts = load("010_city.csv", file(ROWS + 500, (id) -> (id % 10 == 0) ? "same" : "new"), remember);

		assertThat(counts).isEqualTo(new RowCounts(500, ROWS - ROWS / 10, ROWS / 10, 0));
		assertThat(this.database.value(String.class, versions + " AND id <= " + ROWS)).isEqualTo(before);
		assertThat(this.database.value(Long.class, LOCKED + " AND id <= " + ROWS)).isEqualTo(ROWS / 10);
		assertThat(this.database.value(Long.class, "SELECT count(*) FROM city WHERE name = 'new'"))
			.isEqualTo((ROWS + 500) * 9L / 10);
	}

	@Test
	void leavesEqualRowsAloneWhereManyAreTheSame() {
		load("010_city.csv", file(ROWS, (id) -> (id % 2 == 0) ? "same" : "old"));

		RowCounts counts = load("010_city.csv", file(ROWS, (id) -> (id % 2 == 0) ? "same" : "new"));

		assertThat(counts).isEqualTo(new RowCounts(0, ROWS / 2, ROWS / 2, 0));
		assertThat(this.database.value(Long.class, LOCKED)).isZero();
	}

	@Test
	void takesNoNumbersOfASequenceForRowsThatAreThere() {
		this.database.execute("ALTER TABLE city ADD COLUMN number integer GENERATED ALWAYS AS IDENTITY");
		load("010_city.csv", file(ROWS, (id) -> "old"));

		RowCounts counts = load("010_city.csv", file(ROWS, (id) -> "new"));

		assertThat(counts).isEqualTo(new RowCounts(0, ROWS, 0, 0));
		assertThat(this.database.value(Long.class, "SELECT nextval('city_number_seq')")).isEqualTo(ROWS + 1);
	}

	@Test
	void showsInsertTriggersNoRowsThatAreThere() {
		load("010_city.csv", file(ROWS, (id) -> "old"));
		this.database.execute("""
				CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
				$$ BEGIN RAISE EXCEPTION 'no more cities'; END $$;
				CREATE TRIGGER refuse BEFORE INSERT ON city FOR EACH ROW EXECUTE FUNCTION refuse()
				""");

		assertThat(load("010_city.csv", file(ROWS, (id) -> "new"))).isEqualTo(new RowCounts(0, ROWS, 0, 0));
	}

	@Test
	void changesRowsThatLieInTablesThatInherit() {
		this.database.execute("CREATE TABLE old_city () INHERITS (city)",
				"INSERT INTO old_city SELECT n, 'old' FROM generate_series(1, " + ROWS + ") n");

		assertThat(load("010_city.csv", file(ROWS, (id) -> "new"))).isEqualTo(new RowCounts(0, ROWS, 0, 0));
		assertThat(this.database.value(Long.class, "SELECT count(*) FROM city")).isEqualTo(ROWS);
	}

	@Test
	void refersToOthersWhereMostRowsDiffer() {
		this.database.execute("CREATE TABLE land (id integer PRIMARY KEY, name text UNIQUE)",
				"INSERT INTO land VALUES (1, 'Nepal'), (2, 'Peru')",
				"CREATE TABLE town (id integer PRIMARY KEY, land integer REFERENCES land)");
		load("020_town.csv", "id,land -> land.name\n" + rows(ROWS, (id) -> "Nepal"));

		RowCounts counts = load("020_town.csv", "id,land -> land.name\n" + rows(ROWS, (id) -> "Peru"));

		assertThat(counts).isEqualTo(new RowCounts(0, ROWS, 0, 0));
		assertThat(this.database.value(Long.class, "SELECT count(*) FROM town WHERE land = 2")).isEqualTo(ROWS);
	}

	@Test
	void makesRoomForNewRowsBeforeTheyCome() {
		this.database.execute("CREATE UNIQUE INDEX ON city (name)");
		load("010_city.csv", file(ROWS, (id) -> "name " + id));

		RowCounts counts = load("010_city.csv",
				"id,name\n" + (ROWS + 1) + ",name 1\n" + rows(ROWS, (id) -> "other " + id));

		assertThat(counts).isEqualTo(new RowCounts(1, ROWS, 0, 0));
	}

	@Test
	void saysWhichRowsOfManyClash() {
		this.database.execute("CREATE UNIQUE INDEX city_name ON city (name)");
		load("010_city.csv", file(ROWS, (id) -> "name " + id));

		assertThatExceptionOfType(DataLoadException.class)
			.isThrownBy(() -> load("010_city.csv", file(ROWS, (id) -> "other " + Math.max(id, 2))))
			.withMessageContaining("city_name")
			.withMessageContaining("010_city.csv:");
	}

	@ParameterizedTest
	@ValueSource(strings = { "7,again", ",nothing" })
	void findsUnsoundKeysWhereverTheyStand(String row) {
		load("010_city.csv", file(ROWS, (id) -> "old"));

		assertThatExceptionOfType(DataLoadException.class)
			.isThrownBy(() -> load("010_city.csv", file(ROWS, (id) -> "new") + row + "\n"))
			.withMessageContaining("010_city.csv:" + (ROWS + 2));
	}

	private static String file(int rows, IntFunction<String> name) {
		return "id,name\n" + rows(rows, name);
	}

	private static String rows(int rows, IntFunction<String> name) {
		return IntStream.rangeClosed(1, rows)
			.mapToObj((id) -> id + "," + name.apply(id) + "\n")
			.collect(Collectors.joining());
	}

}
