package dev.samara.seed.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

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
			WHERE contype = 'f' AND conrelid <> confrelid AND conrelid = ANY (?::regclass[])
				AND confrelid = ANY (?::regclass[])
			""";

	private DataOrder() {
	}

	/**
	 * Read what the tables of files point to. A key that is checked only at the end of a
	 * transaction makes no difference: each file is one.
	 * @param connection the connection
	 * @param files the files
	 * @return for each file those that fill tables its own points to
	 */
	public static Map<DataFile, Set<DataFile>> references(PostgresConnection connection, List<DataFile> files) {
		if (files.size() < 2) {
			return Map.of();
		}
		Map<DataFile, String> tables = new LinkedHashMap<>();
		for (DataFile file : files) {
			String table = connection.jdbc()
				.queryForObject(TABLES, String.class, file.table().quoted(), file.table().inLowerCase().quoted());
			if (table != null) {
				tables.put(file, table);
			}
		}
		Map<DataFile, Set<DataFile>> references = new LinkedHashMap<>();
		String[] names = tables.values().toArray(String[]::new);
		connection.jdbc().query(FOREIGN_KEYS, (row) -> {
			String referenced = row.getString("referenced");
			of(tables, row.getString("referring"))
				.forEach((file) -> references.computeIfAbsent(file, (key) -> new LinkedHashSet<>())
					.addAll(of(tables, referenced)));
		}, names, names);
		return references;
	}

	private static List<DataFile> of(Map<DataFile, String> tables, String table) {
		return tables.keySet().stream().filter((file) -> table.equals(tables.get(file))).toList();
	}

	/**
	 * Find files whose table refers to one that only later files fill. Pure.
	 * @param files the files, in the order they are loaded
	 * @param references what they point to
	 * @param mayBeFilled whether something that is no data file may have filled the table
	 * of the second file before the first one is loaded
	 * @return a warning for each of them
	 */
	public static List<Finding> check(List<DataFile> files, Map<DataFile, Set<DataFile>> references,
			BiPredicate<DataFile, DataFile> mayBeFilled) {
		List<Finding> findings = new ArrayList<>();
		for (DataFile file : files) {
			Map<QualifiedName, List<DataFile>> filled = references.getOrDefault(file, Set.of())
				.stream()
				.collect(Collectors.groupingBy(DataFile::table, LinkedHashMap::new, Collectors.toList()));
			filled.forEach((table, by) -> {
				if (by.stream().noneMatch((other) -> files.indexOf(other) < files.indexOf(file))
						&& !mayBeFilled.test(file, by.get(0))) {
					findings.add(Finding.warning(
							"late-reference", "Table " + file.table() + " refers to " + table
									+ ", which is filled only later, by " + by.get(0),
							"Give " + by.get(0) + " a lower number.", Place.of(file.path())));
				}
			});
		}
		return findings;
	}

}
