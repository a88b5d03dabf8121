package dev.samara.sample;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

import dev.samara.autoconfigure.migration.MigrationAppliedEvent;

/**
 * Tells the office what the last start has changed in the database, at
 * {@code /actuator/info}.
 */
@Component
class ReleaseNotes implements InfoContributor {

	private final List<String> changes = new CopyOnWriteArrayList<>();

	@EventListener
	void note(MigrationAppliedEvent event) {
		this.changes.add(event.getResult().migration().toString());
	}

	@Override
	public void contribute(Info.Builder builder) {
		builder.withDetail("newInDatabase", this.changes);
	}

}
