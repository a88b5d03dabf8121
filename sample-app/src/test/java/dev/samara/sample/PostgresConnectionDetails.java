package dev.samara.sample;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/**
 * Where a server is that was started for this run.
 */
record PostgresConnectionDetails(String url, String username, String password) implements JdbcConnectionDetails {

	@Override
	public String getJdbcUrl() {
		return this.url;
	}

	@Override
	public String getUsername() {
		return this.username;
	}

	@Override
	public String getPassword() {
		return this.password;
	}

}
