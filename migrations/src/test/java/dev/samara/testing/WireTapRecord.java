package dev.samara.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a {@link WireTap} counted. Safe for use by many threads.
 */
final class WireTapRecord {

	private final List<String> queries = new ArrayList<>();

	private final Map<Character, Integer> messages = new TreeMap<>();

	private int roundTrips;

	private int connections;

	synchronized void addQuery(String sql) {
		this.queries.add(sql);
	}

	synchronized void addMessage(char type) {
		this.messages.merge(type, 1, Integer::sum);
	}

	synchronized void addRoundTrip() {
		this.roundTrips++;
	}

	synchronized void addConnection() {
		this.connections++;
	}

	synchronized List<String> queries() {
		return List.copyOf(this.queries);
	}

	synchronized Map<Character, Integer> messages() {
		return Map.copyOf(this.messages);
	}

	synchronized int roundTrips() {
		return this.roundTrips;
	}

	synchronized int connections() {
		return this.connections;
	}

	synchronized void reset() {
		this.queries.clear();
		this.messages.clear();
		this.roundTrips = 0;
		this.connections = 0;
	}

}
