package dev.samara.autoconfigure;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.support.AbstractApplicationContext;

import dev.samara.Internal;

/**
 * Finds out whether the application has a multicaster of its own, by a definition or as a
 * singleton that an initializer has put there. It looks before the context makes one
 * under the same name.
 *
 * @since 0.1.0
 */
@Internal
public final class OwnMulticaster implements BeanFactoryPostProcessor {

	private boolean isThere;

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
		this.isThere = beans.containsLocalBean(AbstractApplicationContext.APPLICATION_EVENT_MULTICASTER_BEAN_NAME);
	}

	boolean isThere() {
		return this.isThere;
	}

}
