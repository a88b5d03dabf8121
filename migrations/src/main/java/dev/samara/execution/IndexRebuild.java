package dev.samara.execution;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.samara.execution.TableIndexes.Found;
import dev.samara.postgres.PostgresConnection;
import dev.samara.sql.ConcurrentReindex;

/**
 * One {@code REINDEX INDEX} or {@code TABLE … CONCURRENTLY}. The server builds the new
 * index under a name that ends in {@code _ccnew}, and keeps the old one for a while under
 * one that ends in {@code _ccold}; an interruption leaves either, invalid. It can be
 * repeated as often as one likes.
 */
final class IndexRebuild implements ConcurrentWork {

	private static final Pattern TRANSIENT = Pattern.compile("(.+)_cc(?:new|old)\\d*");

	/** The server cuts a long name short to make room for the ending. */
	private static final int LONG_NAME = 50;

	private final TableIndexes indexes;

	private final ConcurrentReindex reindex;

	IndexRebuild(PostgresConnection connection, ConcurrentReindex reindex) {
		this.indexes = new TableIndexes(connection);
		this.reindex = reindex;
	}

	@Override
	public boolean isDone(boolean wasInterrupted) throws SQLException {
		for (Found leftover : leftovers()) {
			this.indexes.drop(leftover);
		}
		return false;
	}

	private List<Found> leftovers() {
		String name = this.reindex.name();
		List<Found> all = this.reindex.isTable() ? this.indexes.of(name) : this.indexes.besides(name);
		List<String> targets = all.stream()
			.filter((found) -> this.reindex.isTable() || isTarget(found))
			.map(Found::name)
			.toList();
		return all.stream()
			.filter((found) -> !found.isValid()
					&& targets.stream().anyMatch((target) -> isLeftOf(found.name(), target)))
			.toList();
	}

	private boolean isTarget(Found found) {
		String name = this.reindex.name();
		String last = name.substring(name.lastIndexOf('.') + 1);
		return last.equalsIgnoreCase(found.name()) || name.endsWith('"' + found.name().replace("\"", "\"\"") + '"');
	}

	/**
	 * Return whether an index has the name of what a rebuild of another one leaves.
	 */
	static boolean isLeftOf(String name, String target) {
		Matcher matcher = TRANSIENT.matcher(name);
		if (!matcher.matches()) {
			return false;
		}
		String base = matcher.group(1);
		return base.equals(target)
				|| (target.startsWith(base) && base.getBytes(StandardCharsets.UTF_8).length >= LONG_NAME);
	}

	@Override
	public boolean isDoneAfter(String sqlState, boolean wasInterrupted) {
		return false;
	}

	@Override
	public void cleanUp() {
		this.indexes.dropAfterFailure(leftovers(), (found) -> true);
	}

	@Override
	public @Nullable String remedy(String sqlState) {
		return null;
	}

}
