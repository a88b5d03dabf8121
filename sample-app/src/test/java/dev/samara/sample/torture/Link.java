package dev.samara.sample.torture;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The network between one application and the server: a proxy that can stop handing
 * anything on without anybody noticing, and can reset what goes through it.
 */
final class Link implements AutoCloseable {

	private final int serverPort;

	private final ServerSocket door;

	private final Trigger trigger;

	/** Connections by the port under which the server knows them. */
	private final Set<Line> lines = ConcurrentHashMap.newKeySet();

	private boolean isStalled;

	private Link(int serverPort, Trigger trigger) throws IOException {
		this.serverPort = serverPort;
		this.trigger = trigger;
		this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		start("link", this::accept);
	}

	static Link open(MortalServer server, Trigger trigger) {
		try {
			return new Link(server.port(), trigger);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	String url(String database) {
		return "jdbc:postgresql://127.0.0.1:" + this.door.getLocalPort() + "/" + database
				+ "?sslmode=disable&gssEncMode=disable";
	}

	/**
	 * The ports by which the server's own views know the sessions through this link.
	 */
	Set<Integer> clientPorts() {
		return this.lines.stream().map((line) -> line.server().getLocalPort()).collect(Collectors.toSet());
	}

	synchronized void stall() {
		this.isStalled = true;
	}

	synchronized void flow() {
		this.isStalled = false;
		notifyAll();
	}

	/**
	 * Resets all connections, to both sides; new ones can be opened.
	 */
	void reset() {
		this.lines.forEach(Line::reset);
		flow();
	}

	@Override
	public void close() {
		close(this.door);
		reset();
	}

	private void accept() throws IOException {
		while (true) {
			Socket client = this.door.accept();
			try {
				Line line = new Line(client, new Socket(InetAddress.getLoopbackAddress(), this.serverPort));
				this.lines.add(line);
				start("link-client", () -> pump(line, true));
				start("link-server", () -> pump(line, false));
			}
			catch (IOException ex) {
				// The server is down.
				close(client);
			}
		}
	}

	private void pump(Line line, boolean isFromClient) throws IOException {
		Socket from = isFromClient ? line.client() : line.server();
		Socket to = isFromClient ? line.server() : line.client();
		try (from; to) {
			byte[] bytes = new byte[1 << 16];
			int length = from.getInputStream().read(bytes);
			while (length >= 0) {
				passThrough();
				if (!isFromClient || this.trigger.beforePiece(this, bytes, length)) {
					passThrough();
					to.getOutputStream().write(bytes, 0, length);
				}
				if (isFromClient) {
					this.trigger.afterPiece(this, bytes, length);
				}
				length = from.getInputStream().read(bytes);
			}
			passThrough();
		}
		finally {
			this.lines.remove(line);
		}
	}

	private synchronized void passThrough() throws IOException {
		try {
			while (this.isStalled) {
				wait();
			}
		}
		catch (InterruptedException ex) {
			throw new IOException(ex);
		}
	}

	private static void start(String name, Work work) {
		Thread thread = new Thread(() -> {
			try {
				work.run();
			}
			catch (IOException ex) {
				// One side is gone: the end of this thread.
			}
		}, name);
		thread.setDaemon(true);
		thread.start();
	}

	private static void close(Closeable socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			// A socket that cannot be closed is of no use any more either.
		}
	}

	@FunctionalInterface
	private interface Work {

		void run() throws IOException;

	}

	private record Line(Socket client, Socket server) {

		void reset() {
			reset(this.client);
			reset(this.server);
		}

		private static void reset(Socket socket) {
			try {
				socket.setSoLinger(true, 0);
			}
			catch (IOException ex) {
				// Closed already.
			}
			close(socket);
		}

	}

}
