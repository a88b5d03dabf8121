package dev.samara.autoconfigure.seed;

import java.util.Set;

import org.springframework.boot.sql.init.dependency.AbstractBeansOfTypeDatabaseInitializerDetector;

/**
 * Makes seeds wait for the migrations, and everything that uses the database for the
 * seeds.
 */
class SeedInitializerDetector extends AbstractBeansOfTypeDatabaseInitializerDetector {

	/** After the detector of the migrations. */
	@Override
	public int getOrder() {
		return 1;
	}

	@Override
	protected Set<Class<?>> getDatabaseInitializerBeanTypes() {
		return Set.of(SeedInitializer.class);
	}

}
