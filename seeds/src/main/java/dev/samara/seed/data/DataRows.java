package dev.samara.seed.data;

import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Opens the rows of a file, as often as they are needed.
 */
final class DataRows {

	private DataRows() {
	}

	/**
	 * Open a file at its first row.
	 * @param problems told what is wrong with rows
	 * @param counted sees the stream that is read
	 */
	static RowReader open(DataFile file, Problems problems, UnaryOperator<InputStream> counted) throws IOException {
		return GuardedRows.open(file, () -> reader(file, problems, counted));
	}

	private static RowReader reader(DataFile file, Problems problems, UnaryOperator<InputStream> counted)
			throws IOException {
		return switch (file.format()) {
			case CSV -> new CsvRows(file, counted.apply(file.resource().getInputStream()), problems);
			case JSON -> new TreeRows(() -> FilledTreeReader.of(
					new JsonRows(counted.apply(file.resource().getInputStream()), file.encoding(), problems), file,
					problems), problems);
			case MADE -> new MadeRows(Objects.requireNonNull(file.maker()));
			case YAML -> new TreeRows(() -> FilledTreeReader.of(
					new YamlRows(counted.apply(file.resource().getInputStream()), file.encoding(), problems), file,
					problems), problems);
		};
	}

	/**
	 * Bind a reader to the columns of a plan.
	 */
	static void bind(RowReader reader, LoadPlan plan) {
		List<ValueKind> kinds = plan.fields().stream().map((field) -> field.column().kind()).toList();
		reader.bind(kinds, (name) -> {
			Column column = plan.table().column(name);
			return column != null && !column.hasDefault();
		});
	}

	/**
	 * Find where rows begin, by reading the file once more: no row is kept while it is
	 * loaded.
	 * @param numbers the rows, counted from 1
	 * @return their lines; without those that cannot be found or stand nowhere
	 */
	static Map<Long, Long> linesOf(DataFile file, LoadPlan plan, Collection<Long> numbers) {
		Map<Long, Long> lines = new HashMap<>();
		if (file.maker() != null || numbers.isEmpty()) {
			return lines;
		}
		Set<Long> wanted = Set.copyOf(numbers);
		CopyText row = new CopyText();
		try (RowReader reader = open(file, new Problems(file), UnaryOperator.identity())) {
			reader.fields((name) -> isJson(plan.table(), name));
			bind(reader, plan);
			for (long number = 1; lines.size() < wanted.size() && reader.next(row); number++) {
				if (wanted.contains(number)) {
					lines.put(number, reader.line());
				}
				row.clear();
				row.truncate(0);
			}
		}
		catch (IOException | DataLoadException ex) {
			return lines;
		}
		return lines;
	}

	static boolean isJson(TargetTable table, String name) {
		Column column = table.column(name);
		return column != null && column.kind() == ValueKind.JSON;
	}

}
