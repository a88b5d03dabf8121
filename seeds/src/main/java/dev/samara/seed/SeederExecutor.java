package dev.samara.seed;

import org.jspecify.annotations.Nullable;

import dev.samara.environment.Environment;
import dev.samara.postgres.PostgresConnection;

/**
 * Calls seeders, each in one transaction with its entry in the history.
 *
 * @param connection the connection of the run
 * @param transaction what makes it one
 * @param environment the environment in force, or {@code null}
 */
record SeederExecutor(PostgresConnection connection, SeedTransaction transaction, @Nullable Environment environment) {

	/**
	 * Seed.
	 * @param completed the statement that records it
	 * @return the number of rows it has reported
	 */
	SeedTransaction.Outcome<Long> seed(Seed seed, Seeder seeder, String completed) {
		return run(seed, seeder::seed, completed);
	}

	/**
	 * Take back.
	 * @param completed the statement that records it
	 * @return the number of rows it has reported
	 */
	SeedTransaction.Outcome<Long> rollback(Seed seed, ReversibleSeeder seeder, String completed) {
		return run(seed, seeder::rollback, completed);
	}

	private SeedTransaction.Outcome<Long> run(Seed seed, Call call, String completed) {
		return this.transaction.run(() -> {
			SeedContext context = new SeedContext(this.connection.jdbc(), this.environment);
			call.on(context);
			return context.rows();
		}, (rows) -> completed, (failure) -> SeederFailedException.of(seed.path(), failure));
	}

	@FunctionalInterface
	private interface Call {

		void on(SeedContext context) throws Exception;

	}

}
