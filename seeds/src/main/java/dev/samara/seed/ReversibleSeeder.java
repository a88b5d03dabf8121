package dev.samara.seed;

/**
 * A seeder that can take back what it has done.
 *
 * @since 0.1.0
 */
public interface ReversibleSeeder extends Seeder {

	/**
	 * Take back. Called in a transaction with the entry in the history, and called again
	 * as {@link #seed} is.
	 * @param context the database and the environment
	 * @throws Exception if it fails: nothing of it is taken back then
	 */
	void rollback(SeedContext context) throws Exception;

}
