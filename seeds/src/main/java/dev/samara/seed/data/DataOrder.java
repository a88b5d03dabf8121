package dev.samara.seed.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.samara.Internal;
import dev.samara.postgres.PostgresConnection;
import dev.samara.script.Finding;
import dev.samara.script.Place;

/**
 * Compares the order of data files with the foreign keys of their tables.
 *
 * @since 0.1.0
 */
@Internal
public final class DataOrder {

	private static final String TABLES = "SELECT coalesce(pg_catalog.to_regclass(?), pg_catalog.to_regclass(?))::text";

	private static final String FOREIGN_KEYS = """
			SELECT DISTINCT conrelid::regclass::text AS referring, confrelid::regclass::text AS referenced
			FROM pg_catalog.pg_constraint
			WHERE contype = 'f' AND conrelid <> confrelid AND NOT condeferrable AND conrelid = ANY (?::regclass[])
				AND confrelid = ANY (?::regclass[])
			""";

	private DataOrder() {
	}

	/**
	 * Find files whose table refers to one that only a later file fills.
	 * @param connection the connection
	 * @param files the files, in the order they are loaded
	 * @return a warning for each of them
	 */
	public static List<Finding> check(PostgresConnection connection, List<DataFile> files) {
		if (files.size() < 2) {
			return List.of();
		}
		Map<DataFile, String> tables = new LinkedHashMap<>();
		for (DataFile file : files) {
			String table = connection.jdbc()
				.queryForObject(TABLES, String.class, file.table().quoted(), file.table().inLowerCase().quoted());
			if (table != null) {
				tables.put(file, table);
			}
		}
		Map<String, Set<String>> references = new HashMap<>();
		String[] names = tables.values().toArray(String[]::new);
		connection.jdbc().query(FOREIGN_KEYS, (row) -> {
			references.computeIfAbsent(row.getString("referring"), (table) -> new LinkedHashSet<>())
				.add(row.getString("referenced"));
		}, names, names);
		return check(tables, references);
	}

	/**
	 * Find them. Pure.
	 * @param tables the table of each file, in the order they are loaded
	 * @param references the tables each one points to
	 */
	static List<Finding> check(Map<DataFile, String> tables, Map<String, Set<String>> references) {
		List<Finding> findings = new ArrayList<>();
		Set<String> filled = new LinkedHashSet<>();
		tables.forEach((file, table) -> {
			filled.add(table);
			for (String referenced : references.getOrDefault(table, Set.of())) {
				if (!filled.contains(referenced) && tables.containsValue(referenced)) {
					DataFile later = tables.entrySet()
						.stream()
						.filter((entry) -> entry.getValue().equals(referenced))
						.findFirst()
						.orElseThrow()
						.getKey();
					findings.add(Finding.warning("late-reference",
							"Table " + table + " refers to " + referenced + ", which is filled only later, by " + later,
							"Give " + later + " a lower number.", Place.of(file.path())));
				}
			}
		});
		return findings;
	}

}
