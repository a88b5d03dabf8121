package dev.samara.seed.data;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
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
	 * Find where a row begins, by reading the file again: no row is kept while it is
	 * loaded.
	 * @param number the row, counted from 1
	 * @return its line, 0 if it cannot be found or stands nowhere
	 */
	static long lineOf(DataFile file, LoadPlan plan, long number) {
		if (file.maker() != null) {
			return 0;
		}
		CopyText row = new CopyText();
		try (RowReader reader = open(file, new Problems(file), UnaryOperator.identity())) {
			reader.fields((name) -> isJson(plan.table(), name));
			bind(reader, plan);
			for (long i = 0; i < number; i++) {
				if (!reader.next(row)) {
					return 0;
				}
				row.clear();
				row.truncate(0);
			}
			return reader.line();
		}
		catch (IOException | DataLoadException ex) {
			return 0;
		}
	}

	static boolean isJson(TargetTable table, String name) {
		Column column = table.column(name);
		return column != null && column.kind() == ValueKind.JSON;
	}

}
