package dev.samara.testing;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * One connection through a {@link WireTap}: hands messages on in both directions, each
 * direction in a thread of its own, and keeps the record.
 */
final class WireTapLink {

	private final Socket client;

	private final Socket server;

	private final Duration delay;

	private final WireTapRecord record;

	/** Used by the client's thread only. */
	private final Map<String, String> statements = new HashMap<>();

	private volatile boolean loggedIn;

	/** Whether the server said something after which a client goes on. */
	private volatile boolean clientsTurn = true;

	WireTapLink(Socket client, Socket server, Duration delay, WireTapRecord record) throws IOException {
		this.client = client;
		this.server = server;
		this.delay = delay;
		this.record = record;
		client.setTcpNoDelay(true);
		server.setTcpNoDelay(true);
	}

	void start(Runnable atEnd) {
		startThread("wire-tap-client", () -> {
			pump(this.client, this.server, false, this::clientSays);
			atEnd.run();
		});
		startThread("wire-tap-server", () -> pump(this.server, this.client, true, this::serverSays));
	}

	void close() {
		close(this.client);
		close(this.server);
	}

	static void close(Closeable socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			// A socket that cannot be closed is of no use any more either.
		}
	}

	static void startThread(String name, Work work) {
		Thread thread = new Thread(() -> {
			try {
				work.run();
			}
			catch (IOException ex) {
				// One side is gone, or the tap was closed: the end of this thread.
			}
		}, name);
		thread.setDaemon(true);
		thread.start();
	}

	private void pump(Socket from, Socket to, boolean typed, Observer observer) throws IOException {
		try (from; to) {
			DataInputStream in = new DataInputStream(new BufferedInputStream(from.getInputStream(), 1 << 16));
			DataOutputStream out = new DataOutputStream(new BufferedOutputStream(to.getOutputStream(), 1 << 16));
			boolean types = typed;
			WireMessage message = WireMessage.read(in, types);
			while (message != null) {
				types |= message.isStartup();
				// Before it is handed on: who sees the answer must find it counted.
				observer.observe(message);
				message.write(out);
				if (in.available() == 0) {
					out.flush();
				}
				message = WireMessage.read(in, types);
			}
		}
	}

	private void clientSays(WireMessage message) {
		boolean newTrip = this.clientsTurn && message.type() != 'X';
		if (newTrip) {
			this.clientsTurn = false;
			LockSupport.parkNanos(this.delay.toNanos());
		}
		if (!this.loggedIn) {
			return;
		}
		if (newTrip) {
			this.record.addRoundTrip();
		}
		this.record.addMessage(message.type());
		switch (message.type()) {
			case 'Q' -> this.record.addQuery(message.text(0));
			case 'P' -> this.statements.put(message.text(0), message.text(1));
			case 'B' -> this.record.addQuery(this.statements.getOrDefault(message.text(1), ""));
			default -> {
			}
		}
	}

	private void serverSays(WireMessage message) {
		switch (message.type()) {
			case 'Z' -> {
				if (!this.loggedIn) {
					this.loggedIn = true;
					this.record.addConnection();
				}
				this.clientsTurn = true;
			}
			// Authentication goes to and fro; data of a COPY waits for the server's word.
			case 'R', 'G' -> this.clientsTurn = true;
			default -> {
			}
		}
	}

	@FunctionalInterface
	interface Work {

		void run() throws IOException;

	}

	@FunctionalInterface
	private interface Observer {

		void observe(WireMessage message);

	}

}
