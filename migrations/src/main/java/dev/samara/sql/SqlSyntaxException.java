package dev.samara.sql;

import dev.samara.SamaraException;

/**
 * Thrown when SQL text cannot be cut into statements: an unterminated quote, say. The
 * place is relative to the text; whoever knows the file adds its name.
 *
 * @since 0.1.0
 */
public final class SqlSyntaxException extends SamaraException {

	private final String problem;

	private final int line;

	private final int column;

	/**
	 * Create an exception.
	 * @param problem what is wrong, without the place
	 * @param remedy what to do about it
	 * @param line line of the offence, counted from 1
	 * @param column column of the offence, counted from 1 in code points
	 */
	public SqlSyntaxException(String problem, String remedy, int line, int column) {
		super(line + ":" + column + ": " + problem, remedy, null);
		this.problem = problem;
		this.line = line;
		this.column = column;
	}

	/**
	 * Return what is wrong, without the place.
	 * @return one sentence without a full stop
	 */
	public String getProblem() {
		return this.problem;
	}

	/**
	 * Return the line of the offence.
	 * @return counted from 1
	 */
	public int getLine() {
		return this.line;
	}

	/**
	 * Return the column of the offence.
	 * @return counted from 1, in code points
	 */
	public int getColumn() {
		return this.column;
	}

}
