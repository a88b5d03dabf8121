package dev.samara.autoconfigure.migration;

import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;

import dev.samara.migration.JavaMigration;
import dev.samara.migration.Migrator;

/**
 * Beans that are migrations.
 */
final class JavaMigrationBeans {

	private JavaMigrationBeans() {
	}

	/**
	 * Hand the beans to a migrator, with their names and the classes behind their
	 * proxies. They are looked for without asking factory beans what they make: those of
	 * an object-relational mapper would begin to use the database.
	 */
	static void addTo(Migrator.Builder migrator, ListableBeanFactory beans) {
		for (String name : BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beans, JavaMigration.class, true,
				false)) {
			JavaMigration bean = beans.getBean(name, JavaMigration.class);
			migrator.javaMigration(bean, AopProxyUtils.ultimateTargetClass(bean), name);
		}
	}

}
