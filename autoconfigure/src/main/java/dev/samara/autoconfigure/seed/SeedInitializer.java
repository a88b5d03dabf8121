package dev.samara.autoconfigure.seed;

import java.util.List;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.core.Ordered;

import dev.samara.autoconfigure.StartupEvents;
import dev.samara.autoconfigure.migration.OnStartup;
import dev.samara.seed.SeedRunner;

/**
 * Seeds when it is initialized, which is after the migrations. Whatever uses the database
 * at startup waits for it. An application that does not migrate at its start does not
 * seed either: it has no business in changing the database.
 *
 * @since 0.1.0
 */
public final class SeedInitializer implements InitializingBean, Ordered {

	/** Name of the bean, for {@code @DependsOn}. */
	public static final String BEAN_NAME = "samaraSeedInitializer";

	private static final Log logger = LogFactory.getLog(SeedInitializer.class);

	private final List<SeedRunner> runners;

	private final OnStartup onStartup;

	private final @Nullable StartupEvents events;

	/**
	 * Create an initializer.
	 * @param runners the seed runners, in the order they run
	 * @param onStartup what happens to the migrations
	 */
	public SeedInitializer(List<SeedRunner> runners, OnStartup onStartup) {
		this(runners, onStartup, null);
	}

	SeedInitializer(List<SeedRunner> runners, OnStartup onStartup, @Nullable StartupEvents events) {
		this.runners = List.copyOf(runners);
		this.onStartup = onStartup;
		this.events = events;
	}

	@Override
	public void afterPropertiesSet() {
		if (this.onStartup != OnStartup.MIGRATE) {
			logger.debug("No seeds are run, as nothing is migrated");
		}
		else if (this.events != null) {
			this.events.duringStart(this::run);
		}
		else {
			run();
		}
	}

	private void run() {
		this.runners.forEach(SeedRunner::run);
	}

	@Override
	public int getOrder() {
		return 1;
	}

}
