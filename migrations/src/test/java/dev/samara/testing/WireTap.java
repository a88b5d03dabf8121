package dev.samara.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.postgresql.ds.PGSimpleDataSource;

/**
 * Stands between the driver and the server, and tells what really went over the wire and
 * in how many round trips. What a client says until it is logged in does not count.
 * <p>
 * Can make the way longer: each round trip, those of a login too, then takes that much
 * more time.
 *
 * @since 0.1.0
 */
public final class WireTap implements AutoCloseable {

	private final PGSimpleDataSource server;

	private final Duration delay;

	private final ServerSocket door;

	private final Set<WireTapLink> links = ConcurrentHashMap.newKeySet();

	private final WireTapRecord record = new WireTapRecord();

	private WireTap(PGSimpleDataSource server, Duration delay) throws IOException {
		this.server = server;
		this.delay = delay;
		this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		WireTapLink.startThread("wire-tap", this::accept);
	}

	/**
	 * Taps the server of a database.
	 * @param database a database of the server
	 * @return an open tap; the caller closes it
	 */
	public static WireTap on(TestDatabase database) {
		return on(database, Duration.ZERO);
	}

	/**
	 * Taps the server of a database, and makes the way to it longer.
	 * @param database a database of the server
	 * @param delay what each round trip takes more
	 * @return an open tap; the caller closes it
	 */
	public static WireTap on(TestDatabase database, Duration delay) {
		try {
			return new WireTap(database.dataSource(), delay);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * The way to a database through this tap. The driver sends no statements of its own
	 * when it connects there.
	 * @param database a database of the tapped server
	 * @return a JDBC URL without a login
	 */
	public String url(TestDatabase database) {
		return "jdbc:postgresql://%s:%d/%s?sslmode=disable&gssEncMode=disable&assumeMinServerVersion=13"
			.formatted(this.door.getInetAddress().getHostAddress(), this.door.getLocalPort(), database.name());
	}

	/**
	 * A data source without a pool.
	 * @param database a database of the tapped server
	 * @return a data source whose connections go through this tap
	 */
	public PGSimpleDataSource dataSource(TestDatabase database) {
		return TestServer.dataSource(url(database), new TestServer.Login(database.username(), database.password()));
	}

	/**
	 * The SQL that was run, in that order.
	 * @return texts of simple queries as they were sent, and of prepared statements once
	 * for each time they were bound
	 */
	public List<String> queries() {
		return this.record.queries();
	}

	/**
	 * How many messages of each type clients sent.
	 * @return the number by the type byte of the protocol, {@code Q} for a simple query
	 */
	public Map<Character, Integer> messages() {
		return this.record.messages();
	}

	/**
	 * How often a client sent something and waited for the server. Messages sent in one
	 * go count once.
	 * @return the number over all connections
	 */
	public int roundTrips() {
		return this.record.roundTrips();
	}

	/**
	 * How many sessions were opened.
	 * @return the number of logins
	 */
	public int connections() {
		return this.record.connections();
	}

	/**
	 * Forgets what was counted.
	 */
	public void reset() {
		this.record.reset();
	}

	@Override
	public void close() {
		WireTapLink.close(this.door);
		this.links.forEach(WireTapLink::close);
	}

	private void accept() throws IOException {
		while (true) {
			Socket client = this.door.accept();
			Socket backend = new Socket(this.server.getServerNames()[0], this.server.getPortNumbers()[0]);
			WireTapLink link = new WireTapLink(client, backend, this.delay, this.record);
			this.links.add(link);
			link.start(() -> this.links.remove(link));
		}
	}

}
