package dev.samara.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

import dev.samara.Internal;

/**
 * The comments of a script, as the server sees them: what stands in quotes, in the data
 * of {@code COPY … FROM STDIN} or in a command of {@code psql} is none, and a comment
 * inside another one is part of it.
 *
 * @since 0.1.0
 */
@Internal
public final class SqlComments {

	/** Of a text that is no script. */
	public static final SqlComments NONE = new SqlComments();

	private final TreeMap<Integer, Integer> ends = new TreeMap<>();

	private final List<Block> blocks = new ArrayList<>();

	private SqlComments() {
	}

	/**
	 * Find them. Takes time in proportion to the length of the text.
	 * @param script the text, without a byte order mark
	 * @return the comments
	 * @throws SqlSyntaxException if the text cannot be cut into statements
	 */
	public static SqlComments of(String script) {
		SqlComments comments = new SqlComments();
		SqlSplitter.walkComments(script, (start, end) -> {
			comments.ends.put(start, end);
			if (UnquotedText.startsBlockComment(script, start, end)) {
				comments.blocks.add(new Block(start, end));
			}
		});
		return comments;
	}

	/**
	 * Return whether a character is part of a comment.
	 * @param index its index, in UTF-16 units
	 * @return whether it is
	 */
	public boolean contains(int index) {
		var comment = this.ends.floorEntry(index);
		return comment != null && index < comment.getValue();
	}

	/**
	 * Return the comments that begin with a slash and an asterisk.
	 * @return the comments, in order
	 */
	public List<Block> blocks() {
		return List.copyOf(this.blocks);
	}

	/**
	 * A comment between slashes and asterisks.
	 *
	 * @param start index of its first character, in UTF-16 units
	 * @param end index after its last character
	 */
	public record Block(int start, int end) {

	}

}
