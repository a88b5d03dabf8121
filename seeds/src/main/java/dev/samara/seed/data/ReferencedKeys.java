package dev.samara.seed.data;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

import dev.samara.postgres.SqlLiteral;
import dev.samara.seed.data.RowMaker.Wanted;

/**
 * Looks up the rows that made rows refer to. Of a long table every n-th key is taken, so
 * that memory does not depend on its length; always the same ones, in the order of the
 * key.
 */
final class ReferencedKeys {

	/** Keys kept of one table. */
	static final int MOST = 100_000;

	private static final String SELECT = """
			SELECT key::text FROM (
				SELECT %1$s AS key, row_number() OVER (ORDER BY %4$s) - 1 AS place, count(*) OVER () AS total
				FROM (SELECT DISTINCT %1$s FROM %2$s WHERE %1$s IS NOT NULL) found
			) numbered
			WHERE place %% ((total + %3$d - 1) / %3$d) = 0
			ORDER BY place
			""";

	private final TargetTable table;

	private final TableCatalogue catalogue;

	private final JdbcTemplate jdbc;

	ReferencedKeys(TargetTable table, TableCatalogue catalogue, JdbcTemplate jdbc) {
		this.table = table;
		this.catalogue = catalogue;
		this.jdbc = jdbc;
	}

	/** Make rows ready that refer to others; what is wrong is added to the problems. */
	RowMaker ready(RowMaker maker, Problems problems) {
		Map<String, List<String>> keys = new LinkedHashMap<>();
		maker.references().forEach((column, wanted) -> keys.put(column, keys(maker, column, wanted, problems)));
		return problems.isEmpty() ? maker.ready(keys, problems::add) : maker;
	}

	private List<String> keys(RowMaker maker, String name, Wanted wanted, Problems problems) {
		int line = maker.lineOf(name);
		TargetTable referenced = this.catalogue.find(wanted.table());
		if (referenced == null) {
			problems.add(line, "Column \"" + name + "\" refers to table " + wanted.table() + ", which does not exist",
					Nearest.question(wanted.table().toString(), this.catalogue.names())
							+ "Correct the name of the table, or add its schema.");
			return List.of();
		}
		String column = (wanted.column() != null) ? wanted.column() : pointedTo(name, referenced);
		Column found = (column != null) ? referenced.column(column) : null;
		if (found == null) {
			problems.add(line,
					(column == null)
							? "Column \"" + name + "\" refers to table " + referenced
									+ ", but no foreign key and no primary key of one column says by what"
							: "Column \"" + name + "\" refers to a column \"" + column + "\" of table " + referenced
									+ ", which has none",
					((column != null) ? Nearest.question(column, referenced.columns().keySet()) : "")
							+ "Name a column as reference: " + wanted.table() + "(column).");
			return List.of();
		}
		List<String> keys = this.jdbc.queryForList(
				SELECT.formatted(SqlLiteral.name(found.name()), referenced.quoted(), MOST, order(found)), String.class);
		if (keys.isEmpty()) {
			problems.add(line, "Column \"" + name + "\" refers to table " + referenced + ", which has no rows",
					"Fill it before: by a seed with a lower number, or in the folder common.");
		}
		return keys;
	}

	/** Texts by their bytes: each database may have another order for them. */
	private static String order(Column key) {
		return SqlLiteral.name(key.name()) + (key.isCollated() ? "::text COLLATE \"C\"" : "");
	}

	private @Nullable String pointedTo(String name, TargetTable referenced) {
		Column column = this.table.column(name);
		return (column != null) ? this.table.pointedTo(column, referenced) : null;
	}

}
