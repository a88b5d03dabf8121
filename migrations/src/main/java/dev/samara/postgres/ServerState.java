package dev.samara.postgres;

import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.samara.Internal;

/**
 * What to do when not the statement is wrong but the state the server is in.
 *
 * @since 0.1.0
 */
@Internal
public final class ServerState {

	private static final Map<String, String> REMEDIES = Map.of(SqlStates.INSUFFICIENT_PRIVILEGE,
			"Grant the role the missing privilege, or migrate with another role: samara.migrations.user and password.",
			"25006",
			"The server is a standby, or the session only reads. Migrate on the primary (samara.migrations.url); "
					+ "instances that are not to migrate start with samara.migrations.on-startup=validate or wait.",
			"53100",
			"The server's disk is full. Make room and start again: what was recorded as done stays done, and nothing "
					+ "else was left.",
			"53200", "The server is out of memory. Start again when it has some.", "53300",
			"All connections of the server are taken. Raise max_connections, or make the pools smaller; then start "
					+ "again.",
			"57P03", "The server is starting up, shutting down or recovering. Start again when it accepts connections.",
			"3D000", "Create the database, or correct the URL: spring.datasource.url or samara.migrations.url.");

	private ServerState() {
	}

	/**
	 * Return what to do.
	 * @param sqlState the SQLSTATE of an error, or {@code null}
	 * @return a sentence; empty if the error is not about the server's state
	 */
	public static Optional<String> remedy(@Nullable String sqlState) {
		return Optional.ofNullable((sqlState != null) ? REMEDIES.get(sqlState) : null);
	}

}
