package dev.samara.activity;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import dev.samara.Internal;

/**
 * Why a session waits, as it was seen at one moment.
 *
 * @param blockers whom it waits for, those first that wait for nobody, and of them the
 * oldest transaction first
 * @param transactions the transactions they had open; the server tells them to every role
 * @param queued number of sessions that wait behind it
 * @since 0.1.0
 */
@Internal
public record Blockage(List<Blocker> blockers, Set<String> transactions, int queued) {

	/** Nobody is in the way, or nobody was seen. */
	public static final Blockage NONE = new Blockage(List.of(), Set.of(), 0);

	/**
	 * Create a blockage.
	 */
	public Blockage {
		blockers = List.copyOf(blockers);
		transactions = Set.copyOf(transactions);
	}

	/**
	 * Return whether nobody was seen.
	 * @return whether there are no blockers
	 */
	public boolean isEmpty() {
		return this.blockers.isEmpty();
	}

	/**
	 * Return whom everything waits for.
	 * @return the first of those that wait for nobody
	 */
	public Optional<Blocker> root() {
		return this.blockers.stream().findFirst();
	}

	/**
	 * Return the same blockage some time later, if its transactions have gone on.
	 * @param elapsed the time since it was seen
	 * @return the blockage with older transactions
	 */
	public Blockage after(Duration elapsed) {
		return new Blockage(this.blockers.stream().map((blocker) -> blocker.after(elapsed)).toList(), this.transactions,
				this.queued);
	}

	/**
	 * Return whether waiting for {@code deadlock_timeout} would clear the way: only an
	 * autovacuum is in it, and not one that prevents a wraparound.
	 * @return whether it gives way
	 */
	public boolean isOrdinaryAutovacuum() {
		return !isEmpty() && this.blockers.stream()
			.allMatch((blocker) -> blocker.isAutovacuum() && !blocker.preventsWraparound());
	}

	@Override
	public String toString() {
		String queue = (this.queued > 0)
				? "; " + this.queued + ((this.queued == 1) ? " session" : " sessions") + " queued behind this one" : "";
		return this.blockers.stream().map(Blocker::toString).collect(Collectors.joining("; ")) + queue;
	}

}
