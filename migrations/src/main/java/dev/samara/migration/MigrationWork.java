package dev.samara.migration;

import java.util.Optional;

import dev.samara.Internal;
import dev.samara.execution.ExecutableScript;
import dev.samara.script.Script;

/**
 * What a run does for a migration, there or back, made ready without a database.
 *
 * @since 0.1.0
 */
@Internal
public sealed interface MigrationWork {

	/**
	 * Return where it stands.
	 * @return the file or the class
	 */
	String path();

	/**
	 * Return the number of statements the history is told.
	 * @return how many statements of the script are run; 1 for code
	 */
	int statementCount();

	/**
	 * Return whether it is one transaction with its entry in the history.
	 * @return whether it is done completely or not at all
	 */
	boolean isAtomic();

	/**
	 * Return a digest of the first statements, by which a later run knows whether what is
	 * done already has been edited since.
	 * @param count how many statements
	 * @return the digest; that of code is like no other
	 */
	String digestOfFirst(int count);

	/**
	 * Return what applies a migration.
	 * @throws dev.samara.script.ScriptException if its script cannot be cut
	 */
	static MigrationWork up(Migration migration) {
		if (migration.content() instanceof MigrationContent.Java java) {
			return new RunCode(java.path(), java.isTransactional(), java.migration()::up);
		}
		return script(((MigrationContent.Sql) migration.content()).script());
	}

	/**
	 * Return what takes a migration back.
	 * @return the work; empty if there is no way back
	 * @throws dev.samara.script.ScriptException if its down script cannot be cut
	 */
	static Optional<MigrationWork> down(Migration migration) {
		if (migration.content() instanceof MigrationContent.Java java
				&& java.migration() instanceof ReversibleJavaMigration code) {
			return Optional.of(new RunCode(java.path(), java.isTransactional(), code::down));
		}
		return Optional.ofNullable(migration.down()).map(MigrationWork::script);
	}

	static MigrationWork script(Script script) {
		return new RunScript(ExecutableScript.of(script));
	}

	/**
	 * Runs a script.
	 *
	 * @param executable the script, cut into what is sent to the server
	 */
	record RunScript(ExecutableScript executable) implements MigrationWork {

		@Override
		public String path() {
			return this.executable.script().path();
		}

		@Override
		public int statementCount() {
			return this.executable.statementCount();
		}

		@Override
		public boolean isAtomic() {
			return this.executable.isAtomic();
		}

		@Override
		public String digestOfFirst(int count) {
			return this.executable.digestOfFirst(count);
		}

	}

	/**
	 * Calls code of the application.
	 *
	 * @param path its class
	 * @param isAtomic whether it runs in one transaction
	 * @param call what is called
	 */
	record RunCode(String path, boolean isAtomic, Call call) implements MigrationWork {

		@Override
		public int statementCount() {
			return 1;
		}

		@Override
		public String digestOfFirst(int count) {
			return "code";
		}

	}

	/**
	 * One way of code.
	 */
	@FunctionalInterface
	interface Call {

		/**
		 * Go it.
		 * @param context what it works with
		 * @throws Exception if it fails
		 */
		void on(MigrationContext context) throws Exception;

	}

}
