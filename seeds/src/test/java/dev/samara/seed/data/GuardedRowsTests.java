package dev.samara.seed.data;

import java.io.IOException;

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
			Directives.NONE, "", new FailingRows(3));

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
		assertThat(ex.getStackTrace()[0].getClassName()).isEqualTo(FailingRows.class.getName());
	}

	@Test
	void tellsAFileThatCannotBeReadInAnUnexpectedWay() {
		assertThatExceptionOfType(DataLoadException.class).isThrownBy(() -> GuardedRows.open(FILE, () -> {
			throw new IllegalStateException("4711");
		})).withMessage(FILE.path() + ": The file cannot be read (java.lang.IllegalStateException)");
	}

}
