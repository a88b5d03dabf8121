package dev.samara.sample.order;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;

import dev.samara.migration.MigrationTarget;
import dev.samara.migration.Migrator;
import dev.samara.migration.RollbackTarget;
import dev.samara.sample.SampleMigrations;
import dev.samara.testing.PostgresTest;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The migration on a database that has customers already.
 */
@PostgresTest
class AsciiEmailDomainsIntegrationTests {

	private static final String EMAILS = "SELECT email FROM customer ORDER BY id";

	@Test
	void convertsTheDomainsThereAndBack(TestDatabase server) {
		TestDatabase database = server.newDatabase();
		SampleMigrations.migrator(database, MigrationTarget.of("14")).migrate();
		database.execute("INSERT INTO customer (email, name) VALUES ('Ines@Gärtnerei.example', 'Ines'), "
				+ "('ada@example.org', 'Ada'), ('jörg@example.org', 'Jörg')");

		Migrator migrator = SampleMigrations.migrator(database, MigrationTarget.LATEST);
		assertThat(migrator.migrate().applied()).first().satisfies((result) -> assertThat(result.rows()).isEqualTo(1));
		assertThat(database.values(String.class, EMAILS)).containsExactly("Ines@xn--grtnerei-0za.example",
				"ada@example.org", "jörg@example.org");
		assertThatExceptionOfType(DataIntegrityViolationException.class)
			.isThrownBy(() -> database.execute("INSERT INTO customer (email, name) VALUES ('a@ä.example', 'A')"));

		migrator.rollback(RollbackTarget.LAST);
		assertThat(database.values(String.class, EMAILS)).containsExactly("Ines@gärtnerei.example", "ada@example.org",
				"jörg@example.org");
	}

	@Test
	void convertsTheAddressOfAnOrder() {
		List<NewOrder.Line> lines = List.of(new NewOrder.Line("ACE-SAN-10", 1));

		assertThat(new NewOrder("ines@gärtnerei.example", lines).email()).isEqualTo("ines@xn--grtnerei-0za.example");
		assertThat(new NewOrder("nobody", lines).email()).isEqualTo("nobody");
	}

}
