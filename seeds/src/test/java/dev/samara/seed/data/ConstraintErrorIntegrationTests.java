package dev.samara.seed.data;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * The row that breaks a constraint is told, although the server names only the
 * constraint.
 */
class ConstraintErrorIntegrationTests extends AbstractDataLoad {

	ConstraintErrorIntegrationTests(TestDatabase server) {
		super(server);
	}

	@BeforeEach
	void createTables() {
		this.database.execute(
				"""
						CREATE TABLE maker (id int PRIMARY KEY, name text UNIQUE);
						INSERT INTO maker VALUES (1, 'Ada'), (2, 'Bob');
						CREATE TABLE item (sku text PRIMARY KEY, code text, shop int DEFAULT 1, low int, high int DEFAULT 10,
							maker_id int CHECK (maker_id < 2) REFERENCES maker, span int4range,
							CONSTRAINT item_range CHECK (low <= high), CONSTRAINT item_low CHECK (low > 0),
							UNIQUE (shop, code), EXCLUDE USING gist (span WITH &&));
						CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
						BEGIN
							RAISE EXCEPTION 'no' USING ERRCODE = '23000';
						END $$;
						CREATE TRIGGER item_refused BEFORE INSERT ON item FOR EACH ROW WHEN (NEW.code = 'refused') EXECUTE FUNCTION refuse();
						""");
	}

	@Test
	void namesTheRowOfAConditionThatIsNotFulfilled() {
		fill();
		assertThat(error("sku,low,high\na,1,2\nb,,\nc,-4711,3\n")).hasMessageMatching(
				"(?s).*csv:4: row 3, column low \\(integer\\): new row .* violates check constraint \"item_low\" \\[23514]")
			.hasMessageNotContaining("4711");
		assertThat(error("sku,low,high\na,1,2\nb,3,2\n")).hasMessageContaining("csv:3: row 2, columns low, high: ")
			.hasMessageContaining("item_range");
	}

	@Test
	void looksAtDefaultsAndAtTheRowsThatAreThere() {
		fill();
		assertThat(error("sku,low\na,9\nb,11\nx,11\n")).hasMessageContaining("csv:3: row 2, column low");
		assertThat(error("sku,low\na,9\nx,9\n")).hasMessageContaining("csv:3: row 2, column low");
		assertThat(error("# samara: mode=insert-missing\nsku,low\nx,-1\na,9\nb,-1\n"))
			.hasMessageContaining("csv:5: row 3, column low");
	}

	@Test
	void looksAtWhatReferencesFind() {
		fill();
		assertThat(error("sku,low,maker_id -> maker.name\na,1,Ada\nb,1,Bob\n"))
			.hasMessageContaining("csv:3: row 2, column maker_id -> maker(name) (text): ")
			.hasMessageContaining("item_maker_id_check");
	}

	@Test
	void namesTheRowThatStandsTwiceByAnotherKey() {
		fill();
		assertThat(error("# samara: key=sku\nsku,code\nx,old\na,p\nb,old\nc,p\n"))
			.hasMessageContaining("csv:5: row 3, column code (text): duplicate key value")
			.hasMessageContaining("item_shop_code_key");
		assertThat(error("# samara: key=sku\nsku,code,shop\na,p,1\nb,p,2\nc,p,1\n"))
			.hasMessageContaining("csv:5: row 3, columns code, shop: duplicate key value");
	}

	@Test
	void tellsWhatTheCopyIntoAnEmptyTableHasSaid() {
		assertThat(error("# samara: key=sku\nsku,code,span\na,x,\"[1,4)\"\nb,y,\"[3,5)\"\n"))
			.hasMessageContaining("csv:4: row 2, conflicting key value violates exclusion constraint")
			.hasMessageNotContaining("[3,5)");
		assertThat(error("# samara: key=sku\nsku,code\na,x\nb,y\nc,refused\n"))
			.hasMessageContaining("csv:5: row 3, no [23000]");
		assertThat(error("# samara: key=sku\nsku,code\na,x\nb,x\n")).hasMessageContaining("csv:4: row 2, column code");
	}

	@Test
	void saysNoMoreThanItKnows() {
		fill();
		assertThat(error("# samara: key=sku\nsku,span\na,\"[1,4)\"\nb,\"[3,5)\"\n")).hasMessageMatching(
				"(?s)[^\\n]*/010_item.csv: conflicting key value violates exclusion constraint [^\\n]*");
	}

	private void fill() {
		this.database.execute("INSERT INTO item (sku, code, low, high) VALUES ('x', 'old', 1, 5)");
	}

	private DataLoadException error(String content) {
		return catchThrowableOfType(DataLoadException.class, () -> load("010_item.csv", content));
	}

}
