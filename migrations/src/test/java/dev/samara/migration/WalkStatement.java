package dev.samara.migration;

import java.util.SortedMap;

/**
 * A statement of a random walk, as SQL and as what it does to a database that is nothing
 * but names and definitions.
 *
 * @param kind what it does
 * @param table the table it is about
 * @param column a column of that table, by which two definitions differ
 */
record WalkStatement(Kind kind, String table, String column) {

	enum Kind {

		CREATE, CREATE_INDEX, CREATE_INDEX_CONCURRENTLY, VACUUM, DROP, DROP_IF_THERE, DROP_INDEX_CONCURRENTLY

	}

	static WalkStatement of(Kind kind, String table) {
		return new WalkStatement(kind, table, "id");
	}

	String sql() {
		String index = this.table + "_index";
		return switch (this.kind) {
			case CREATE -> "CREATE TABLE " + this.table + " (" + this.column + " integer)";
			case CREATE_INDEX -> "CREATE INDEX " + index + " ON " + this.table + " ((1))";
			case CREATE_INDEX_CONCURRENTLY -> "CREATE INDEX CONCURRENTLY " + index + " ON " + this.table + " ((1))";
			case VACUUM -> "VACUUM " + this.table;
			case DROP -> "DROP TABLE " + this.table;
			case DROP_IF_THERE -> "DROP TABLE IF EXISTS " + this.table;
			case DROP_INDEX_CONCURRENTLY -> "DROP INDEX CONCURRENTLY " + index;
		};
	}

	/**
	 * Return whether PostgreSQL refuses it in a transaction.
	 */
	boolean isAlone() {
		return switch (this.kind) {
			case CREATE_INDEX_CONCURRENTLY, VACUUM, DROP_INDEX_CONCURRENTLY -> true;
			case CREATE, CREATE_INDEX, DROP, DROP_IF_THERE -> false;
		};
	}

	/**
	 * Do what the statement does.
	 * @return whether it works
	 */
	boolean run(SortedMap<String, String> relations) {
		String index = this.table + "_index";
		boolean isThere = relations.containsKey(this.table);
		return switch (this.kind) {
			case CREATE -> relations.putIfAbsent(this.table, this.column) == null;
			case CREATE_INDEX, CREATE_INDEX_CONCURRENTLY -> isThere && relations.putIfAbsent(index, "") == null;
			case VACUUM -> isThere;
			case DROP -> drop(relations) || isThere;
			case DROP_IF_THERE -> drop(relations) || !isThere;
			case DROP_INDEX_CONCURRENTLY -> relations.remove(index) != null;
		};
	}

	private boolean drop(SortedMap<String, String> relations) {
		relations.remove(this.table + "_index");
		return relations.remove(this.table) != null;
	}

}
