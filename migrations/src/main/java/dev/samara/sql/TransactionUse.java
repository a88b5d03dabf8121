package dev.samara.sql;

/**
 * What a statement means for a transaction around it, as far as its text tells.
 *
 * @since 0.1.0
 */
public enum TransactionUse {

	/** Runs in a transaction block like any other statement. */
	ALLOWED,

	/** PostgreSQL refuses it in a transaction block, {@code VACUUM} for one. */
	FORBIDDEN,

	/** {@code BEGIN} or {@code START TRANSACTION}. */
	BEGINS,

	/** {@code COMMIT} or {@code END}, without {@code AND CHAIN}. */
	COMMITS,

	/**
	 * Any other statement that ends a transaction: {@code ROLLBACK}, {@code ABORT},
	 * {@code PREPARE TRANSACTION}, and everything with {@code AND CHAIN}.
	 */
	ENDS

}
