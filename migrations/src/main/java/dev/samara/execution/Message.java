package dev.samara.execution;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.samara.script.FilledScript;
import dev.samara.sql.SqlStatement;

/**
 * SQL that goes to the server in one round trip, and the way back from a place in it to
 * the script.
 */
final class Message {

	private final StringBuilder sql = new StringBuilder();

	private final List<Part> parts = new ArrayList<>();

	Message add(String own) {
		this.parts.add(new Part(this.sql.length(), null, null));
		this.sql.append(own).append(";\n");
		return this;
	}

	Message add(List<String> own) {
		own.forEach(this::add);
		return this;
	}

	Message add(SqlStatement statement) {
		return add(null, statement);
	}

	/**
	 * Add a statement.
	 * @param companion the script it is from, or {@code null} if that is the one that the
	 * message is for
	 * @param statement the statement
	 */
	Message add(@Nullable FilledScript companion, SqlStatement statement) {
		this.parts.add(new Part(this.sql.length(), companion, statement));
		this.sql.append(statement.text()).append(statement.text().endsWith(";") ? "\n" : "\n;");
		return this;
	}

	/**
	 * Return whether a command is one of the script, not one of ours.
	 * @param index which one, counted from 0
	 */
	boolean isOfScript(int index) {
		return index < this.parts.size() && this.parts.get(index).statement() != null
				&& this.parts.get(index).companion() == null;
	}

	boolean isEmpty() {
		return this.parts.isEmpty();
	}

	int length() {
		return this.sql.length();
	}

	String sql() {
		return this.sql.toString();
	}

	/**
	 * Find what failed.
	 * @param done number of commands the server finished
	 * @param position place in the message that the server named, counted from 1 in code
	 * points; 0 if it named none
	 */
	Failure failure(int done, int position) {
		if (position > 0) {
			int offset = this.sql.offsetByCodePoints(0,
					Math.min(position - 1, this.sql.codePointCount(0, this.sql.length())));
			Part part = partAt(offset);
			SqlStatement statement = part.statement();
			return new Failure(part.companion(), statement,
					(statement != null) ? statement.offset() + offset - part.start() : -1);
		}
		Part part = (done < this.parts.size()) ? this.parts.get(done) : new Part(0, null, null);
		SqlStatement statement = part.statement();
		return new Failure(part.companion(), statement, (statement != null) ? statement.offset() : -1);
	}

	private Part partAt(int offset) {
		int index = 0;
		while (index + 1 < this.parts.size() && this.parts.get(index + 1).start() <= offset) {
			index++;
		}
		return this.parts.get(index);
	}

	static String withoutEnd(SqlStatement statement) {
		String text = statement.text();
		return text.endsWith(";") ? text.substring(0, text.length() - 1) : text;
	}

	private record Part(int start, @Nullable FilledScript companion, @Nullable SqlStatement statement) {

	}

	/**
	 * What failed.
	 *
	 * @param companion the script that runs with the one the message is for, if that
	 * failed; otherwise {@code null}
	 * @param statement the statement of the script, or {@code null} if it was one of ours
	 * @param offset place in the script, or -1
	 */
	record Failure(@Nullable FilledScript companion, @Nullable SqlStatement statement, int offset) {

		static final Failure OF_SCRIPT = new Failure(null, null, -1);

	}

}
