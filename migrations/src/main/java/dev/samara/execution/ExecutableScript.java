package dev.samara.execution;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.samara.Internal;
import dev.samara.script.FilledScript;
import dev.samara.script.Script;
import dev.samara.script.ScriptException;
import dev.samara.sql.SqlStatement;
import dev.samara.sql.TransactionUse;

/**
 * A script cut into what is sent to the server. Pure: made without a database, so that
 * everything wrong with a script is known before anything runs.
 *
 * @param source the script, with values for its placeholders
 * @param segments the segments in order, at least one
 * @param lockTimeout longest wait for a lock that the script asks for, or {@code null}
 * @param statementTimeout longest time of a statement that the script asks for, or
 * {@code null}
 * @since 0.1.0
 */
@Internal
public record ExecutableScript(FilledScript source, List<Segment> segments, @Nullable Duration lockTimeout,
		@Nullable Duration statementTimeout) {

	/** The directives that say how a script runs. */
	public static final Set<String> DIRECTIVES = Set.of("transaction", "lock-timeout", "statement-timeout");

	/**
	 * Create an executable script.
	 */
	public ExecutableScript {
		segments = List.copyOf(segments);
	}

	/**
	 * Cut a script.
	 * @param script the script
	 * @return the executable script
	 * @throws ScriptException if the text cannot be cut, its transaction control cannot
	 * be kept, a directive has a value that means nothing, placeholders have none (the
	 * further ones are suppressed exceptions of it then), or another migration tool would
	 * run the script differently
	 */
	public static ExecutableScript of(Script script) {
		TimeoutDirective lockTimeout = TimeoutDirective.of(script, "lock-timeout");
		TimeoutDirective statementTimeout = TimeoutDirective.of(script, "statement-timeout");
		FilledScript source = script.filled();
		ForeignMarkerCheck foreignMarkers = ForeignMarkerCheck.of(source);
		foreignMarkers.refuseSections();
		List<Segment> segments = new Segmentation(source).segments();
		foreignMarkers.refuseDirectives(segments);
		return new ExecutableScript(source, segments, lockTimeout.value(), statementTimeout.value());
	}

	/**
	 * Return the script as its file has it.
	 * @return the script
	 */
	public Script script() {
		return this.source.script();
	}

	/**
	 * Return whether the whole script is one transaction.
	 * @return whether it is done completely or not at all
	 */
	public boolean isAtomic() {
		return this.segments.size() == 1 && this.segments.get(0).isTransaction();
	}

	/**
	 * Return the first statement that leaves something in its session beyond the
	 * transaction: a prepared statement, a cursor, an advisory lock.
	 * @return the statement, if there is one
	 */
	public Optional<SqlStatement> firstThatOutlivesTransaction() {
		return this.segments.stream()
			.flatMap((segment) -> segment.statements().stream())
			.filter(SessionRemains::outlivesTransaction)
			.findFirst();
	}

	/**
	 * Return the number of statements.
	 * @return how many statements the script sends, the {@code BEGIN} and {@code COMMIT}
	 * around it left out
	 */
	public int statementCount() {
		return this.segments.stream().mapToInt((segment) -> segment.statements().size()).sum();
	}

	/**
	 * Return whether a statement is the first that is run of a transaction that Samara
	 * has put around it.
	 * @param number its number, counted from 1
	 * @param done number of statements that are done, so that they do not run
	 */
	boolean isFirstOfTransaction(int number, int done) {
		int start = 0;
		for (Segment segment : this.segments) {
			int end = start + segment.statements().size();
			if (number > start && number <= end) {
				return segment.isTransaction() && segment.begin() == null && number == Math.max(start, done) + 1
						&& !segment.statements().get(number - start - 1).tokens().isWord(0, "SET");
			}
			start = end;
		}
		return false;
	}

	/**
	 * Cut the script in another way: a statement runs alone, those before and after it
	 * stay together.
	 * @param number its number, counted from 1
	 */
	ExecutableScript withAlone(int number) {
		List<Segment> cut = new ArrayList<>();
		int start = 0;
		for (Segment segment : this.segments) {
			int index = number - start - 1;
			int size = segment.statements().size();
			start += size;
			if (index < 0 || index >= size) {
				cut.add(segment);
				continue;
			}
			if (index > 0) {
				cut.add(Segment.transaction(segment.statements().subList(0, index)));
			}
			cut.add(Segment.alone(segment.statements().get(index)));
			if (index + 1 < size) {
				cut.add(segment.after(index + 1));
			}
		}
		return new ExecutableScript(this.source, cut, this.lockTimeout, this.statementTimeout);
	}

	/**
	 * Return whether the script is made to stand in a transaction of whoever runs it: it
	 * ends one that it has not begun.
	 */
	boolean countsOnTransaction() {
		return this.segments.stream()
			.flatMap((segment) -> segment.statements().stream())
			.map(SqlStatement::transactionUse)
			.filter((use) -> use != TransactionUse.ALLOWED && use != TransactionUse.FORBIDDEN)
			.findFirst()
			.filter(TransactionUse.COMMITS::equals)
			.isPresent();
	}

	int numberOf(SqlStatement statement) {
		List<SqlStatement> statements = this.segments.stream()
			.flatMap((segment) -> segment.statements().stream())
			.toList();
		return statements.indexOf(statement) + 1;
	}

	/**
	 * Return a digest of the first statements, by which a later run knows whether what is
	 * done already has been edited since.
	 * @param count how many statements
	 * @return 64 hexadecimal digits
	 */
	public String digestOfFirst(int count) {
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			this.segments.stream()
				.flatMap((segment) -> segment.statements().stream())
				.limit(count)
				.map(SqlStatement::text)
				.forEach((text) -> digest.update((text.replace("\r\n", "\n") + "\0").getBytes(StandardCharsets.UTF_8)));
			return HexFormat.of().formatHex(digest.digest());
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

}
