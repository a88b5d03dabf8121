package dev.samara.postgres;

import dev.samara.Internal;

/**
 * The SQLSTATEs Samara decides by (PostgreSQL documentation, appendix A).
 *
 * @since 0.1.0
 */
@Internal
public final class SqlStates {

	/** The statement may not run in a transaction block. */
	public static final String ACTIVE_SQL_TRANSACTION = "25001";

	/** A lock was not to be had within {@code lock_timeout}. */
	public static final String LOCK_NOT_AVAILABLE = "55P03";

	/** Two sessions waited for each other. */
	public static final String DEADLOCK_DETECTED = "40P01";

	/** The statement was cancelled, by {@code statement_timeout} or by somebody. */
	public static final String QUERY_CANCELED = "57014";

	/** Another session is using the object. */
	public static final String OBJECT_IN_USE = "55006";

	/** A row breaks a unique constraint or index. */
	public static final String UNIQUE_VIOLATION = "23505";

	/** The table does not exist. */
	public static final String UNDEFINED_TABLE = "42P01";

	/** The column does not exist. */
	public static final String UNDEFINED_COLUMN = "42703";

	/** The table exists already. */
	public static final String DUPLICATE_TABLE = "42P07";

	/** The object exists already. */
	public static final String DUPLICATE_OBJECT = "42710";

	/** The schema does not exist. */
	public static final String INVALID_SCHEMA_NAME = "3F000";

	/** The role lacks a privilege. */
	public static final String INSUFFICIENT_PRIVILEGE = "42501";

	/** The transaction cannot be ended here. */
	public static final String INVALID_TRANSACTION_TERMINATION = "2D000";

	/** The server cannot do this to an object of this kind. */
	public static final String FEATURE_NOT_SUPPORTED = "0A000";

	/** The object is not as the statement needs it. */
	public static final String OBJECT_NOT_IN_PREREQUISITE_STATE = "55000";

	/** The index, type, tablespace or the like does not exist. */
	public static final String UNDEFINED_OBJECT = "42704";

	/** The database does not exist. */
	public static final String INVALID_CATALOG_NAME = "3D000";

	/** The encoding of the database lacks a character. */
	public static final String UNTRANSLATABLE_CHARACTER = "22P05";

	private SqlStates() {
	}

	/** A transaction was to be ended that Samara has begun, or there is none. */
	public static final String NO_ACTIVE_SQL_TRANSACTION = "25P01";

	/** What is written may only read. */
	public static final String READ_ONLY_SQL_TRANSACTION = "25006";

	/** The word of a {@code RAISE} of PL/pgSQL. */
	public static final String RAISE_EXCEPTION = "P0001";

}
