package dev.samara.script;

import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.samara.Internal;
import dev.samara.sql.SqlComments;
import dev.samara.sql.SqlSyntaxException;

/**
 * Notices comments that are meant as directives and are none: those below the first
 * statement, and those with a slip in the word {@code samara} or the colon after it. What
 * is passed over may be the beginning of the way back. Other comments that speak of
 * Samara are left alone: a slip counts only before something that looks like a directive.
 *
 * @since 0.1.0
 */
@Internal
public final class DirectiveSlips {

	private static final String WORD = "samara";

	private static final String MARK = WORD + ":";

	/** Of all kinds of files, as a slip is one in any of them. */
	private static final Set<String> KEYS = Set.of("transaction", "lock-timeout", "statement-timeout", "depends-on",
			"environments", "irreversible", "placeholders", "encoding", "level", "table", "key", "mode", "null",
			"delimiter", "expect");

	/** Keys that no sentence has as its second word. */
	private static final Set<String> UNMISTAKABLE = Set.of("lock-timeout", "statement-timeout", "depends-on",
			"environments", "irreversible");

	private static final Pattern COMMENT = Pattern.compile("@?(?<word>\\p{L}{4,9})(?<sign>\\s*[:;=,.-])?\\s*"
			+ "(?<directive>(?<key>[\\p{L}_-]+)\\s*(?<equals>=)?.*)");

	private final String path;

	private final String text;

	private final int head;

	private @Nullable SqlComments comments;

	private DirectiveSlips(String path, String text, int head) {
		this.path = path;
		this.text = text;
		this.head = head;
	}

	/**
	 * Look through a script.
	 * @param head where its first statement begins
	 * @throws ScriptException for the first comment that is meant as a directive
	 */
	static void refuse(String path, String text, int head) {
		DirectiveSlips slips = new DirectiveSlips(path, text, head);
		slips.refuseLines();
		slips.refuseBlocks();
	}

	/**
	 * Return whether a comment is meant as a directive, but for a slip in the word
	 * {@code samara} or in the colon after it.
	 * @param comment the comment, without its signs
	 * @return whether it is
	 */
	public static boolean isSlip(String comment) {
		String text = comment.strip();
		Matcher matcher = matcher(text);
		if (matcher == null) {
			return false;
		}
		String word = matcher.group("word").toLowerCase(Locale.ROOT);
		String sign = Objects.requireNonNullElse(matcher.group("sign"), "");
		if (word.equals(WORD)) {
			// After a dot it is a key of the configuration, unless there is none like it.
			return text.startsWith("@")
					|| (sign.equals(".") ? SectionReader.isMarker(matcher.group("directive")) : !sign.equals(":"));
		}
		int distance = SimilarNames.distance(word, WORD);
		boolean isNear = distance == 1 || (distance == 2 && word.startsWith("s") && word.endsWith("a"));
		return isNear && (":;=".contains(sign.strip()) && !sign.isEmpty()
				|| distance == 1 && sign.isEmpty() && matcher.group("equals") != null);
	}

	/** Of a comment in which a word is followed by what looks like a directive. */
	private static @Nullable Matcher matcher(String comment) {
		Matcher matcher = COMMENT.matcher(comment);
		if (!matcher.matches()) {
			return null;
		}
		String key = matcher.group("key").toLowerCase(Locale.ROOT);
		boolean looksLikeDirective = SectionReader.isMarker(matcher.group("directive").strip())
				|| UNMISTAKABLE.contains(key) || (matcher.group("equals") != null
						&& KEYS.stream().anyMatch((known) -> SimilarNames.areSimilar(key, known)));
		return looksLikeDirective ? matcher : null;
	}

	private void refuseLines() {
		for (int i = this.text.indexOf("--"); i >= 0; i = this.text.indexOf("--", i)) {
			int end = Lines.endOf(this.text, i);
			int start = skip(i + 2, end, "");
			if (!isFirstOfLine(i)) {
				refuseIfComment(i, slip(start, end));
			}
			else if (this.text.regionMatches(true, start, MARK, 0, MARK.length())) {
				refuseLine(start, end);
			}
			else {
				throwIf(slip(start, end));
			}
			i = end;
		}
	}

	/** Here anything after the colon counts, even if no key resembles it. */
	private void refuseLine(int start, int end) {
		boolean isMarker = SectionReader.isMarker(directive(start, end));
		if (start >= this.head && !isMarker && (this.text.startsWith(MARK, start) || slip(start, end) != null)) {
			throw below(start, end);
		}
	}

	/**
	 * Each character is looked at once: a file may hold millions of such signs in its
	 * data.
	 */
	private void refuseBlocks() {
		if (this.text.indexOf("/*") < 0) {
			return;
		}
		for (SqlComments.Block block : comments().blocks()) {
			int end = block.end() - 2;
			for (int line = block.start() + 2; line < end; line = Lines.endOf(this.text, line) + 1) {
				int lineEnd = Math.min(Lines.endOf(this.text, line), end);
				throwIf(slip(skip(line, lineEnd, "*"), lineEnd));
			}
		}
	}

	private void refuseIfComment(int start, @Nullable ScriptException slip) {
		throwIf((slip != null && comments().contains(start)) ? slip : null);
	}

	private static void throwIf(@Nullable ScriptException slip) {
		if (slip != null) {
			throw slip;
		}
	}

	private @Nullable ScriptException slip(int start, int end) {
		int from = skip(start, end, "-*/");
		String comment = this.text.substring(from, end).strip();
		Matcher matcher = matcher(comment);
		if (matcher == null) {
			return null;
		}
		if (!comment.regionMatches(true, 0, MARK, 0, MARK.length())) {
			return isSlip(comment) ? misspelled(from, matcher.group("directive")) : null;
		}
		if (from > start) {
			return misspelled(from, matcher.group("directive"));
		}
		if (SectionReader.isMarker(directive(start, end))) {
			return misspelled(from, directive(start, end));
		}
		return (start >= this.head) ? below(start, end) : null;
	}

	private String directive(int start, int end) {
		return this.text.substring(start + MARK.length(), end).strip();
	}

	private ScriptException misspelled(int start, String directive) {
		boolean isMarker = SectionReader.isMarker(directive.strip());
		return new ScriptException("misspelled-directive", Place.at(this.path, this.text, start),
				"This looks like a directive, and is none", "Write \"-- samara: " + directive.strip() + "\""
						+ (isMarker ? " on a line of its own" : "") + "; if it is a comment, put it in other words.");
	}

	private ScriptException below(int start, int end) {
		String directive = directive(start, end);
		boolean looksLikeMarker = !directive.isEmpty() && directive.indexOf('=') < 0 && directive.indexOf(' ') < 0;
		return new ScriptException("misplaced-directive", Place.at(this.path, this.text, start),
				"A directive stands below the first statement, where it has no effect",
				looksLikeMarker
						? "If the way back is meant to begin here, write \"-- samara: down\"; otherwise move the line to "
								+ "the top of the file, above the first statement."
						: "Move the line to the top of the file, above the first statement.");
	}

	/** What begins like a comment may stand between quotes. */
	private SqlComments comments() {
		if (this.comments == null) {
			try {
				this.comments = SqlComments.of(this.text);
			}
			catch (SqlSyntaxException ex) {
				// Told when the statements are read, of a file that is going to run.
				this.comments = SqlComments.NONE;
			}
		}
		return this.comments;
	}

	private boolean isFirstOfLine(int index) {
		int i = index;
		while (i > 0 && (this.text.charAt(i - 1) == ' ' || this.text.charAt(i - 1) == '\t')) {
			i--;
		}
		return i == 0 || this.text.charAt(i - 1) == '\n' || this.text.charAt(i - 1) == '\r';
	}

	private int skip(int from, int end, String signs) {
		int i = from;
		while (i < end && (Character.isWhitespace(this.text.charAt(i)) || signs.indexOf(this.text.charAt(i)) >= 0)) {
			i++;
		}
		return i;
	}

}
