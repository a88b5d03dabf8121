package dev.samara.migration;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * When a callback file is called.
 *
 * @since 0.1.0
 */
public enum CallbackEvent {

	/**
	 * Before migrations are checked under the lock, or by {@link Migrator#validate()} in
	 * a transaction that cannot write.
	 */
	BEFORE_VALIDATE("beforeValidate"),

	/** Before the first migration, in a transaction of its own. */
	BEFORE_MIGRATE("beforeMigrate"),

	/** At the beginning of each migration's transaction. */
	BEFORE_EACH_MIGRATE("beforeEachMigrate"),

	/** At the end of each migration's transaction. */
	AFTER_EACH_MIGRATE("afterEachMigrate"),

	/** When all migrations are applied, in a transaction of its own. */
	AFTER_MIGRATE("afterMigrate", "afterMigrateApplied"),

	/** When a run that has begun did not end well, in a transaction of its own. */
	AFTER_MIGRATE_ERROR("afterMigrateError"),

	/** Before the first down script, in a transaction of its own. */
	BEFORE_ROLLBACK("beforeRollback", "beforeUndo"),

	/** At the beginning of each down script's transaction. */
	BEFORE_EACH_ROLLBACK("beforeEachRollback", "beforeEachUndo"),

	/** At the end of each down script's transaction. */
	AFTER_EACH_ROLLBACK("afterEachRollback", "afterEachUndo"),

	/** When everything is rolled back, in a transaction of its own. */
	AFTER_ROLLBACK("afterRollback", "afterUndo"),

	/** When a rollback that has begun did not end well, in a transaction of its own. */
	AFTER_ROLLBACK_ERROR("afterRollbackError", "afterUndoError");

	private final List<String> names;

	CallbackEvent(String... names) {
		this.names = List.of(names);
	}

	/**
	 * Return the names a file may have for it.
	 */
	List<String> names() {
		return this.names;
	}

	static Optional<CallbackEvent> of(String name) {
		return Arrays.stream(values()).filter((event) -> event.names.contains(name)).findFirst();
	}

	/**
	 * Return whether its files run in a transaction that is not their own, so that they
	 * must be able to.
	 */
	boolean isPartOfTransaction() {
		return switch (this) {
			case BEFORE_VALIDATE, BEFORE_EACH_MIGRATE, AFTER_EACH_MIGRATE, BEFORE_EACH_ROLLBACK, AFTER_EACH_ROLLBACK ->
				true;
			default -> false;
		};
	}

	/**
	 * Return whether it is about the way back.
	 */
	boolean isOfRollback() {
		return compareTo(BEFORE_ROLLBACK) >= 0;
	}

	/**
	 * Return how its files are called.
	 */
	@Override
	public String toString() {
		return this.names.get(0);
	}

}
