package dev.samara.environment;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import dev.samara.Internal;

/**
 * The application that changes a database, for the records.
 *
 * @param name its name, or {@code null}
 * @param version its version, or {@code null}
 * @since 0.1.0
 */
public record Application(@Nullable String name, @Nullable String version) {

	/** An application that does not say who it is. */
	public static final Application UNKNOWN = new Application(null, null);

	/**
	 * Return what a session of this application calls itself.
	 * @return a name for {@code application_name}
	 */
	public String sessionName() {
		return (this.name != null) ? "samara " + this.name : "samara";
	}

	/**
	 * Return this application with another spelling of its name and version.
	 * @param spelling the spelling of each
	 * @return the application
	 */
	@Internal
	public Application spelled(UnaryOperator<String> spelling) {
		return new Application((this.name != null) ? spelling.apply(this.name) : null,
				(this.version != null) ? spelling.apply(this.version) : null);
	}

	/**
	 * Return the host this runs on. May ask the name service, so it is for a run that
	 * changes something.
	 * @return the host's name, or {@code null} if it has none
	 */
	public static @Nullable String host() {
		try {
			return InetAddress.getLocalHost().getHostName();
		}
		catch (UnknownHostException ex) {
			return null;
		}
	}

}
