package dev.samara.sample.torture;

/**
 * A statement whose effect can be counted afterwards.
 *
 * @param kind what it does
 * @param sql the statement with its end
 * @param broken what stands in the file instead, and fails; {@code null} if it is sound
 * @param rows how many rows it adds to the ledger
 * @param relation the relation it makes or drops, or {@code null}
 */
record TortureStatement(Kind kind, String sql, String broken, int rows, String relation) {

	static TortureStatement of(Kind kind, String sql) {
		return new TortureStatement(kind, sql, null, 0, null);
	}

	static TortureStatement adding(int rows, String sql) {
		return new TortureStatement(Kind.ROWS, sql, null, rows, null);
	}

	TortureStatement breaking(String sql) {
		return new TortureStatement(this.kind, this.sql, sql, this.rows, this.relation);
	}

	TortureStatement repaired() {
		return new TortureStatement(this.kind, this.sql, null, this.rows, this.relation);
	}

	boolean isBroken() {
		return this.broken != null;
	}

	String text() {
		return isBroken() ? this.broken : this.sql;
	}

	enum Kind {

		/** Adds rows to the ledger. */
		ROWS,

		/** Makes a table. */
		TABLE,

		/** Builds an index concurrently. */
		INDEX,

		/** Drops an index concurrently, if it is there. */
		DROP,

		/** Cannot run in a transaction, and may be repeated without anybody noticing. */
		VACUUM,

		/** Sets something the statements after it need. */
		SETTING,

		/** Transaction control. */
		CONTROL;

		boolean isAlone() {
			return this == INDEX || this == DROP || this == VACUUM;
		}

	}

}
