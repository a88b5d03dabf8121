package dev.samara.execution;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.samara.Internal;
import dev.samara.script.Script;
import dev.samara.script.ScriptException;
import dev.samara.sql.SqlStatement;

/**
 * A script cut into what is sent to the server. Pure: made without a database, so that
 * everything wrong with a script is known before anything runs.
 *
 * @param script the script
 * @param segments the segments in order, at least one
 * @param lockTimeout longest wait for a lock that the script asks for, or {@code null}
 * @param statementTimeout longest time of a statement that the script asks for, or
 * {@code null}
 * @since 0.1.0
 */
@Internal
public record ExecutableScript(Script script, List<Segment> segments, @Nullable Duration lockTimeout,
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
	 * be kept, or a directive has a value that means nothing
	 */
	public static ExecutableScript of(Script script) {
		TimeoutDirective lockTimeout = TimeoutDirective.of(script, "lock-timeout");
		TimeoutDirective statementTimeout = TimeoutDirective.of(script, "statement-timeout");
		return new ExecutableScript(script, new Segmentation(script).segments(), lockTimeout.value(),
				statementTimeout.value());
	}

	/**
	 * Return whether the whole script is one transaction.
	 * @return whether it is done completely or not at all
	 */
	public boolean isAtomic() {
		return this.segments.size() == 1 && this.segments.get(0).isTransaction();
	}

	/**
	 * Return the number of statements.
	 * @return how many statements the script sends, the {@code BEGIN} and {@code COMMIT}
	 * around it left out
	 */
	public int statementCount() {
		return this.segments.stream().mapToInt((segment) -> segment.statements().size()).sum();
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
