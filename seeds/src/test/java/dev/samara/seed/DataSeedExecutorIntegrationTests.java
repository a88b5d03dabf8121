package dev.samara.seed;

import java.sql.SQLException;
import java.time.Duration;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.ByteArrayResource;

import dev.samara.execution.CodeTransaction;
import dev.samara.execution.ExecutionOptions;
import dev.samara.postgres.PostgresConnection;
import dev.samara.postgres.TableName;
import dev.samara.postgres.WorkSession;
import dev.samara.script.Directives;
import dev.samara.seed.data.DataFile;
import dev.samara.seed.data.DataLoadException;
import dev.samara.seed.data.DataLoader;
import dev.samara.seed.data.DataMode;
import dev.samara.seed.data.FailingRows;
import dev.samara.seed.data.QualifiedName;
import dev.samara.testing.PostgresTest;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Whatever fails while rows are loaded is a failure of the seed, and leaves no
 * transaction behind.
 */
@PostgresTest
class DataSeedExecutorIntegrationTests {

	private final TestDatabase database;

	DataSeedExecutorIntegrationTests(TestDatabase database) {
		this.database = database;
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, 3 })
	void translatesWhatNobodyHasExpected(long failing) throws SQLException {
		this.database.execute("CREATE TABLE IF NOT EXISTS orders (total int)");
		DataFile file = DataFile.made("db/seed/dev/100_orders.generate.yaml", new ByteArrayResource(new byte[0]),
				new QualifiedName(null, "orders"), null, DataMode.ONCE, Directives.NONE, "", new FailingRows(failing));
		try (PostgresConnection connection = PostgresConnection.open(this.database.dataSource());
				WorkSession session = WorkSession.openBeside(connection, "test")) {
			CodeTransaction transaction = new CodeTransaction(connection, session.settings(),
					new ExecutionOptions(Duration.ofSeconds(2), Duration.ZERO, 0));
			DataSeedExecutor executor = new DataSeedExecutor(transaction,
					new DataLoader(connection, new TableName(null, "samara_seed_rows"), Duration.ZERO, (finding) -> {
					}), (seed) -> true);

			DataLoadException ex = catchThrowableOfType(DataLoadException.class,
					() -> executor.execute("dev/100_orders", file, (counts) -> "SELECT 1"));

			assertThat(ex)
				.hasMessage("db/seed/dev/100_orders.generate.yaml"
						+ ((failing > 0) ? ":7: row 3, column total: its value cannot be made"
								: ": Something went wrong that was not expected")
						+ " (java.lang.IllegalStateException)")
				.hasNoCause();
			assertThat(ex.getStackTrace()[0].getClassName()).isEqualTo(FailingRows.class.getName());
			assertThat(connection.isTransactionOpen()).isFalse();
		}
		assertThat(this.database.value(Long.class, "SELECT count(*) FROM orders")).isZero();
	}

}
