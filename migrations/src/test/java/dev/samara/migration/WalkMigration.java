package dev.samara.migration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.samara.migration.WalkStatement.Kind;

/**
 * A migration of a random walk as its files say it. A migration that makes a table has a
 * down script that drops it.
 *
 * @param id the version, or from {@link #FIRST_REPEATABLE} on the name of a repeatable
 * one
 * @param up what it is made of
 * @param down where its down script stands
 * @param edits how often it was edited, 0 for never
 * @param downEdits the same of its down script
 * @param fault the statement that cannot work, or -1
 * @param downFault the same of its down script
 */
record WalkMigration(int id, Up up, Down down, int edits, int downEdits, int fault, int downFault) {

	static final int FIRST_REPEATABLE = 1000;

	enum Up {

		PLAIN, INDEXED, CONCURRENT, VACUUMED, FORGOTTEN

	}

	enum Down {

		NONE, IRREVERSIBLE, BESIDE, UNDO, FOLDER, SECTION, CONCURRENT

	}

	static String name(int id) {
		return (id < FIRST_REPEATABLE) ? String.valueOf(id) : "R:r" + id;
	}

	boolean isRepeatable() {
		return this.id >= FIRST_REPEATABLE;
	}

	WalkMigration withEdits(int edits) {
		return new WalkMigration(this.id, this.up, this.down, edits, this.downEdits, this.fault, this.downFault);
	}

	WalkMigration withDown(Down down, int downEdits) {
		return new WalkMigration(this.id, this.up, down, this.edits, downEdits, this.fault, this.downFault);
	}

	WalkMigration withFaults(int fault, int downFault) {
		return new WalkMigration(this.id, this.up, this.down, this.edits, this.downEdits, fault, downFault);
	}

	boolean isIrreversible() {
		return this.down == Down.IRREVERSIBLE;
	}

	List<WalkStatement> upStatements() {
		List<WalkStatement> statements = new ArrayList<>();
		String table = "t" + this.id;
		if (isRepeatable()) {
			statements.add(WalkStatement.of(Kind.DROP_IF_THERE, table));
		}
		statements.add(new WalkStatement(Kind.CREATE, table, "c" + this.edits));
		switch (this.up) {
			case PLAIN -> {
			}
			case INDEXED -> statements.add(WalkStatement.of(Kind.CREATE_INDEX, table));
			case CONCURRENT -> statements.add(WalkStatement.of(Kind.CREATE_INDEX_CONCURRENTLY, table));
			case VACUUMED -> statements.add(WalkStatement.of(Kind.VACUUM, table));
			case FORGOTTEN -> statements.add(WalkStatement.of(Kind.CREATE, "forgotten_by_" + table));
		}
		return spoiled(statements, this.fault);
	}

	@Nullable List<WalkStatement> downStatements() {
		List<WalkStatement> statements = new ArrayList<>();
		if (this.down == Down.NONE || this.down == Down.IRREVERSIBLE) {
			return null;
		}
		if (this.downEdits > 0) {
			statements.add(WalkStatement.of(Kind.DROP_IF_THERE, "nothing" + this.downEdits));
		}
		if (this.down == Down.CONCURRENT) {
			statements.add(WalkStatement.of(Kind.DROP_INDEX_CONCURRENTLY, "t" + this.id));
		}
		statements.add(WalkStatement.of(Kind.DROP, "t" + this.id));
		return spoiled(statements, this.downFault);
	}

	private static List<WalkStatement> spoiled(List<WalkStatement> statements, int fault) {
		if (fault >= 0) {
			statements.add(Math.min(fault, statements.size()), WalkStatement.of(Kind.DROP, "missing"));
		}
		return List.copyOf(statements);
	}

	/**
	 * Return what must not change once the migration is applied.
	 */
	String upText() {
		return (isIrreversible() ? "-- samara: irreversible because it was so\n" : "") + sql(upStatements());
	}

	/**
	 * Return the files, with their contents by their names.
	 */
	Map<String, String> files() {
		String name = (isRepeatable() ? "R__r" + this.id : "V" + this.id + "__t");
		List<WalkStatement> back = downStatements();
		if (back == null) {
			return Map.of(name + ".sql", upText());
		}
		if (this.down == Down.SECTION) {
			return Map.of(name + ".sql", "-- samara: up\n" + upText() + "-- samara: down\n" + sql(back));
		}
		Map<String, String> files = new LinkedHashMap<>();
		files.put(name + ".sql", upText());
		files.put(isRepeatable() ? name + ".down.sql" : switch (this.down) {
			case UNDO -> "U" + this.id + "__t.sql";
			case FOLDER -> "rollback/" + this.id + "_t.sql";
			default -> name + ".down.sql";
		}, sql(back));
		return files;
	}

	static String sql(List<WalkStatement> statements) {
		StringBuilder text = new StringBuilder();
		statements.forEach((statement) -> text.append(statement.sql()).append(";\n"));
		return text.toString();
	}

	@Override
	public String toString() {
		return name(this.id) + " " + this.up + "/" + this.down + ((this.edits > 0) ? " edit " + this.edits : "")
				+ ((this.downEdits > 0) ? " down edit " + this.downEdits : "")
				+ ((this.fault >= 0) ? " faulty at " + this.fault : "")
				+ ((this.downFault >= 0) ? " down faulty at " + this.downFault : "");
	}

}
