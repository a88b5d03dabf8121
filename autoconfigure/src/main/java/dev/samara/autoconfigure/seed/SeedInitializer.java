package dev.samara.autoconfigure.seed;

import java.util.List;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.core.Ordered;

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

	private final Consumer<SeedRunner> seeding;

	/**
	 * Create an initializer.
	 * @param runners the seed runners, in the order they run
	 * @param onStartup what happens to the migrations
	 * @param seeding how to seed, usually {@code SeedRunner::run}
	 */
	public SeedInitializer(List<SeedRunner> runners, OnStartup onStartup, Consumer<SeedRunner> seeding) {
		this.runners = List.copyOf(runners);
		this.onStartup = onStartup;
		this.seeding = seeding;
	}

	@Override
	public void afterPropertiesSet() {
		if (this.onStartup == OnStartup.MIGRATE) {
			this.runners.forEach(this.seeding);
		}
		else {
			logger.debug("No seeds are run, as nothing is migrated");
		}
	}

	@Override
	public int getOrder() {
		return 1;
	}

}
