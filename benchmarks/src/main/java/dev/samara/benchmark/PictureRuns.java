package dev.samara.benchmark;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import org.springframework.jdbc.core.JdbcTemplate;

import dev.samara.schema.SchemaSnapshot;
import dev.samara.testing.TestDatabase;

/**
 * Takes a picture of a schema of about 10 000 objects, made up as those of real projects
 * are: for each table eleven columns, a key, a foreign key and two indexes, for a few a
 * comment, a sequence, a view, a function and a trigger. The yardstick lets the server
 * write the definitions and does nothing with them.
 */
final class PictureRuns {

	private static final String TABLES = """
			DO $$ BEGIN
			FOR i IN 1..570 LOOP
				EXECUTE format('CREATE TABLE t%1$s (id bigint PRIMARY KEY, name text NOT NULL, code varchar(20), '
					'amount numeric(10,2) NOT NULL DEFAULT 0, created_at timestamptz NOT NULL DEFAULT now(), '
					'updated_at timestamptz, deleted_at timestamptz, parent bigint REFERENCES t%2$s, data jsonb, '
					'active boolean NOT NULL DEFAULT true, kind integer)', i, greatest(i - 1, 1));
				EXECUTE format('CREATE INDEX ON t%1$s (parent)', i);
				EXECUTE format('CREATE UNIQUE INDEX ON t%1$s (kind, code) WHERE deleted_at IS NULL', i);
				CONTINUE WHEN i % 5 <> 0;
				EXECUTE format('COMMENT ON TABLE t%1$s IS ''number %1$s''', i);
				EXECUTE format('CREATE SEQUENCE s%1$s', i);
				CONTINUE WHEN i % 20 <> 0;
				EXECUTE format('CREATE VIEW v%1$s AS SELECT a.id, a.name, b.code FROM t%1$s a JOIN t%2$s b ON '
					'b.id = a.parent WHERE a.active', i, i - 1);
				EXECUTE format('CREATE FUNCTION f%1$s() RETURNS trigger LANGUAGE plpgsql AS ''BEGIN RETURN NEW; END''', i);
				EXECUTE format('CREATE TRIGGER tr BEFORE INSERT ON t%1$s FOR EACH ROW EXECUTE FUNCTION f%1$s()', i);
			END LOOP;
			END $$
			""";

	private static final String DEFINITIONS = """
			SELECT (SELECT sum(length(pg_get_constraintdef(oid))) FROM pg_constraint WHERE oid >= 16384 AND contype <> 'n')
				+ (SELECT sum(length(pg_get_indexdef(indexrelid))) FROM pg_index WHERE indexrelid >= 16384 AND NOT indisprimary)
				+ (SELECT sum(length(pg_get_viewdef(oid))) FROM pg_class WHERE oid >= 16384 AND relkind = 'v')
				+ (SELECT sum(length(pg_get_expr(adbin, adrelid))) FROM pg_attrdef)
				+ (SELECT sum(length(format_type(atttypid, atttypmod))) FROM pg_attribute WHERE attrelid >= 16384 AND attnum > 0)
				+ (SELECT sum(length(pg_get_functiondef(oid))) FROM pg_proc WHERE oid >= 16384)
			""";

	private final ResultTable table;

	PictureRuns(ResultTable table) {
		this.table = table;
	}

	void measure(int rounds) {
		try (TestDatabase database = TestDatabase.create("benchmark")) {
			database.execute(TABLES, "ANALYZE");
			HikariDataSource pool = database.hikari(1);
			int objects = SchemaSnapshot.read(pool).objects().size();
			Comparison comparison = Comparison.of(rounds / 2, rounds, () -> Comparison.time(() -> definitions(pool)),
					() -> Comparison.time(() -> SchemaSnapshot.read(pool)));
			this.table.print("picture of %d objects".formatted(objects), comparison, "");
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void definitions(DataSource pool) {
		new JdbcTemplate(pool).queryForObject(DEFINITIONS, Long.class);
	}

}
