package dev.samara.seed.data;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ByteArrayResource;

import dev.samara.script.Directives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * What nobody has expected is told with its row, and without what it says.
 */
class GuardedRowsTests {

	private static final DataFile FILE = DataFile.made("db/seed/dev/100_orders.generate.yaml",
			new ByteArrayResource(new byte[0]), new QualifiedName(null, "orders"), null, DataMode.UPSERT,
			Directives.NONE, "", new Failing());

	@Test
	void tellsTheRowAndTheColumnOfAValueThatCannotBeMade() throws IOException {
		RowReader rows = DataRows.open(FILE, new Problems(FILE), (stream) -> stream);
		CopyText text = new CopyText();
		rows.next(text);
		rows.next(text);

		DataLoadException ex = catchThrowableOfType(DataLoadException.class, () -> rows.next(text));

		assertThat(ex)
			.hasMessage("db/seed/dev/100_orders.generate.yaml:7: row 3, column total: its value cannot be made "
					+ "(java.lang.IllegalStateException)")
			.hasNoCause();
		assertThat(ex.getStackTrace()[0].getClassName()).isEqualTo(Failing.class.getName());
	}

	@Test
	void tellsAFileThatCannotBeReadInAnUnexpectedWay() {
		assertThatExceptionOfType(DataLoadException.class).isThrownBy(() -> GuardedRows.open(FILE, () -> {
			throw new IllegalStateException("4711");
		})).withMessage(FILE.path() + ": The file cannot be read (java.lang.IllegalStateException)");
	}

	/** Fails at the third row. */
	private static final class Failing implements RowMaker {

		@Override
		public List<String> columns() {
			return List.of("total");
		}

		@Override
		public long rows() {
			return 5;
		}

		@Override
		public int lineOf(String column) {
			return 7;
		}

		@Override
		public Map<String, Wanted> references() {
			return Map.of();
		}

		@Override
		public RowMaker ready(Map<String, List<String>> keys, Complaints problems) {
			return this;
		}

		@Override
		public @Nullable String[] make(long number) {
			if (number > 2) {
				throw new NotMadeException("total", new IllegalStateException("4711"));
			}
			return new @Nullable String[] { "1" };
		}

	}

}
