package dev.samara.sample.torture;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts what happened, so that nobody takes a torture for one that missed every time.
 */
final class Tally {

	private final Map<Fault, Map<String, Integer>> faults = new EnumMap<>(Fault.class);

	private int rounds;

	private int instances;

	private int exitedWithSuccess;

	void round(int started, int succeeded) {
		this.rounds++;
		this.instances += started;
		this.exitedWithSuccess += succeeded;
	}

	void hit(Fault fault, Moment moment) {
		add(fault, moment.work().toString());
		if (moment.isWaiting()) {
			add(fault, "while another one waited for the lock");
		}
	}

	void missed(Fault fault) {
		add(fault, "missed: all had ended before");
	}

	private void add(Fault fault, String what) {
		this.faults.computeIfAbsent(fault, (key) -> new TreeMap<>()).merge(what, 1, Integer::sum);
	}

	/**
	 * How many faults hit a session at work.
	 */
	int inTheMiddle() {
		return this.faults.entrySet()
			.stream()
			.filter((entry) -> entry.getKey() != Fault.NONE)
			.flatMap((entry) -> entry.getValue().entrySet().stream())
			.filter((entry) -> entry.getKey().startsWith("IN_"))
			.mapToInt(Map.Entry::getValue)
			.sum();
	}

	@Override
	public String toString() {
		StringBuilder text = new StringBuilder(this.rounds + " rounds, " + this.instances + " applications started, "
				+ this.exitedWithSuccess + " came up, " + inTheMiddle() + " faults hit a session at work");
		this.faults.forEach((fault, counts) -> text.append("\n  ").append(fault).append(' ').append(counts));
		return text.toString();
	}

}
