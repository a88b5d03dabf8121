package dev.samara.seed;

import org.jspecify.annotations.Nullable;

import dev.samara.environment.Environment;
import dev.samara.execution.Code;
import dev.samara.execution.CodeFailedException;
import dev.samara.execution.CodeTransaction;
import dev.samara.postgres.PostgresConnection;

/**
 * Calls seeders, each in one transaction with its entry in the history.
 *
 * @param connection the connection of the run
 * @param transaction what makes it one
 * @param environment the environment in force, or {@code null}
 */
record SeederExecutor(PostgresConnection connection, CodeTransaction transaction, @Nullable Environment environment) {

	/**
	 * Seed.
	 * @param completed the statement that records it
	 * @return the number of rows it has reported
	 */
	CodeTransaction.Outcome<Long> seed(Seed seed, Seeder seeder, String completed) {
		return run(seed, seeder::seed, completed);
	}

	/**
	 * Take back.
	 * @param completed the statement that records it
	 * @return the number of rows it has reported
	 */
	CodeTransaction.Outcome<Long> rollback(Seed seed, ReversibleSeeder seeder, String completed) {
		return run(seed, seeder::rollback, completed);
	}

	private CodeTransaction.Outcome<Long> run(Seed seed, Call call, String completed) {
		Code code = new Code(seed.path(), true, () -> run(call));
		return this.transaction.run(seed.name(), code::run, (rows) -> completed,
				(failure) -> CodeFailedException.of(code, failure));
	}

	private long run(Call call) throws Exception {
		SeedContext context = new SeedContext(this.connection.newJdbc(), this.environment);
		call.on(context);
		return context.rows();
	}

	/**
	 * Tell what stays of what a seeder has failed in.
	 * @param nothing the sentence that says that nothing does
	 * @return that sentence, unless the seeder itself has ended the transaction
	 */
	static String whatStays(CodeFailedException failure, String nothing) {
		return (failure.getCause() instanceof CodeTransaction.EndedTransactionException)
				? "What it had done before it ended the transaction may stay." : nothing;
	}

	@FunctionalInterface
	private interface Call {

		void on(SeedContext context) throws Exception;

	}

}
