package dev.samara.schema;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;

import dev.samara.testing.PostgresTest;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A picture can be taken while others make and drop objects.
 */
@PostgresTest
class SchemaSnapshotChurnIntegrationTests {

	private final TestDatabase database;

	SchemaSnapshotChurnIntegrationTests(TestDatabase database) {
		this.database = database;
	}

	@Test
	void isTakenWhileFunctionsComeAndGo() {
		AtomicBoolean isDone = new AtomicBoolean();
		CompletableFuture<Void> churn = CompletableFuture.runAsync(() -> {
			while (!isDone.get()) {
				this.database.execute("CREATE FUNCTION f(int, text) RETURNS int LANGUAGE sql AS 'SELECT 1'",
						"CREATE TABLE t (id int CONSTRAINT c CHECK (id > 0)); COMMENT ON CONSTRAINT c ON t IS 'c'",
						"DROP FUNCTION f", "DROP TABLE t");
			}
		});
		try {
			for (int i = 0; i < 60; i++) {
				assertThat(SchemaSnapshot.read(this.database.dataSource()).objects()).isNotEmpty();
			}
		}
		finally {
			isDone.set(true);
			churn.join();
		}
	}

}
