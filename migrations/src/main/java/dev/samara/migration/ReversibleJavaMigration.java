package dev.samara.migration;

/**
 * Code that can take back what it has done. The history cannot keep code as it keeps down
 * scripts, so a release without the class cannot take it back.
 *
 * @since 0.1.0
 */
public interface ReversibleJavaMigration extends JavaMigration {

	/**
	 * Take back. Called as {@link #up} is.
	 * @param context the database and the environment
	 * @throws Exception if it fails: nothing of it is taken back then, if it is
	 * transactional
	 */
	void down(MigrationContext context) throws Exception;

}
