package dev.samara.sql;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class StatementObjectTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			CREATE TABLE species (id int)                               | table species
			CREATE UNLOGGED TABLE IF NOT EXISTS shop."Order" (id int)   | table shop."Order"
			ALTER TABLE IF EXISTS ONLY shop.orders ADD COLUMN note text | table shop.orders
			DROP TABLE IF EXISTS species CASCADE                        | table species
			CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON ONLY shop.orders (id) | table shop.orders
			CREATE INDEX ON orders (id)                                 | table orders
			DROP INDEX CONCURRENTLY shop.i                              | index shop.i
			CREATE OR REPLACE VIEW v AS SELECT 1                        | view v
			CREATE MATERIALIZED VIEW mv AS SELECT 1                     | materialized view mv
			CREATE OR REPLACE FUNCTION f(int) RETURNS int LANGUAGE sql AS 'SELECT 1' | function f
			CREATE TRIGGER t BEFORE INSERT ON orders EXECUTE FUNCTION f() | table orders
			CREATE POLICY p ON orders USING (true)                      | table orders
			CREATE TYPE mood AS ENUM ('sad')                            | type mood
			CREATE EXTENSION IF NOT EXISTS pgcrypto                     | extension pgcrypto
			INSERT INTO orders VALUES (1)                               | table orders
			UPDATE ONLY orders SET id = 1                               | table orders
			DELETE FROM shop.orders                                     | table shop.orders
			TRUNCATE TABLE ONLY orders                                  | table orders
			COPY orders FROM '/x'                                       | table orders
			COMMENT ON TABLE orders IS 'all of them'                    | table orders
			""")
	void findsWhatAStatementIsAbout(String sql, String object) {
		assertThat(StatementObject.of(SqlSplitter.split(sql).get(0))).hasToString("Optional[" + object + "]");
	}

	@ParameterizedTest
	@ValueSource(strings = { "SELECT 1", "DO $$ BEGIN END $$", "CALL p()", "SET search_path = shop", "VACUUM",
			"WITH x AS (SELECT 1) SELECT * FROM x", "CREATE", "DROP TABLE" })
	void leavesOutWhatNamesNothing(String sql) {
		assertThat(StatementObject.of(SqlSplitter.split(sql).get(0))).isEmpty();
	}

}
