package dev.samara.migration;

import dev.samara.Internal;
import dev.samara.execution.ExecutableScript;

/**
 * A callback file that a run is going to call.
 *
 * @param event when it is called
 * @param description what its name says beside the event, with blanks for underscores;
 * may be empty
 * @param executable its script, cut into what is sent to the server
 * @since 0.1.0
 */
public record Callback(CallbackEvent event, String description, @Internal ExecutableScript executable) {

	/**
	 * Return the file.
	 * @return the file as its location shows it, {@code db/migration/afterMigrate.sql}
	 * for example
	 */
	public String path() {
		return this.executable.script().path();
	}

	MigrationWork work() {
		return new MigrationWork.RunScript(this.executable);
	}

	@Override
	public String toString() {
		return this.description.isEmpty() ? this.event.toString() : this.event + " (" + this.description + ")";
	}

}
