package dev.samara.autoconfigure;

import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.Queue;
import java.util.Set;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.BeanCreationNotAllowedException;
import org.springframework.beans.factory.BeanCurrentlyInCreationException;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.SimpleApplicationEventMulticaster;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.core.ResolvableType;

import dev.samara.Internal;

/**
 * Publishes the events of migrations and seeds. They run while beans are being created,
 * when nobody listens yet who has a method {@code @EventListener}, and when a listener
 * that uses the database would wait for them. So:
 * <ol>
 * <li>Events of a start wait, failures too, until all singletons are there. A start may
 * go on after a failure.</li>
 * <li>Then they are sent one after the other; what comes meanwhile waits behind
 * them.</li>
 * <li>Later ones are sent at once, by the thread that publishes them.</li>
 * <li>If the start fails there is no such moment. They are sent to the listeners that are
 * there, and to those that can be created without what has failed.</li>
 * </ol>
 * What a listener throws is logged, and keeps nothing from the others. Safe for several
 * threads.
 *
 * @since 0.1.0
 */
@Internal
public final class StartupEvents implements SmartInitializingSingleton, DisposableBean {

	private static final Log logger = LogFactory.getLog(StartupEvents.class);

	private final AbstractApplicationContext context;

	private final OwnMulticaster ownMulticaster;

	private final Queue<ApplicationEvent> waiting = new ArrayDeque<>();

	private boolean isReady;

	/**
	 * Create a publisher.
	 * @param context whose listeners are told
	 * @param ownMulticaster whether the application tells them in its own way
	 */
	public StartupEvents(AbstractApplicationContext context, OwnMulticaster ownMulticaster) {
		this.context = context;
		this.ownMulticaster = ownMulticaster;
	}

	/**
	 * Publish an event: at once, or with the others when the application has started.
	 * @param event the event
	 */
	public void publish(ApplicationEvent event) {
		synchronized (this.waiting) {
			if (!this.isReady) {
				this.waiting.add(event);
				return;
			}
		}
		send(event);
	}

	/**
	 * Do what the application cannot start without.
	 * @param work the work; what it throws ends the start, and reaches the caller
	 */
	public void duringStart(Runnable work) {
		try {
			work.run();
		}
		catch (RuntimeException ex) {
			sendWaiting(false);
			throw ex;
		}
	}

	@Override
	public void afterSingletonsInstantiated() {
		sendWaiting(true);
	}

	/** Something else may have kept the application from starting. */
	@Override
	public void destroy() {
		sendWaiting(false);
	}

	private void sendWaiting(boolean isReadyThen) {
		for (ApplicationEvent event = next(isReadyThen); event != null; event = next(isReadyThen)) {
			send(event);
		}
	}

	private @Nullable ApplicationEvent next(boolean isReadyThen) {
		synchronized (this.waiting) {
			ApplicationEvent event = this.waiting.poll();
			this.isReady = this.isReady || (event == null && isReadyThen);
			return event;
		}
	}

	private void send(ApplicationEvent event) {
		try {
			if (this.ownMulticaster.isThere()) {
				// The application's own knows what to do with threads and errors.
				this.context.publishEvent(event);
				return;
			}
			SimpleApplicationEventMulticaster multicaster = new SimpleApplicationEventMulticaster();
			multicaster.setErrorHandler((failure) -> warn(event, failure));
			listeners(event, this.context.getBeanFactory()).forEach(multicaster::addApplicationListener);
			multicaster.multicastEvent(event);
			ApplicationContext parent = this.context.getParent();
			if (parent != null) {
				parent.publishEvent(event);
			}
		}
		catch (RuntimeException ex) {
			warn(event, ex);
		}
	}

	private Set<ApplicationListener<?>> listeners(ApplicationEvent event, ConfigurableListableBeanFactory beans) {
		Set<ApplicationListener<?>> listeners = new LinkedHashSet<>(this.context.getApplicationListeners());
		for (String name : beans.getBeanNamesForType(ApplicationListener.class, true, false)) {
			if (mayListen(name, event, beans)) {
				try {
					listeners.add(beans.getBean(name, ApplicationListener.class));
				}
				catch (BeansException ex) {
					tellOf(name, event, ex);
				}
			}
		}
		return listeners;
	}

	private static void tellOf(String name, ApplicationEvent event, BeansException failure) {
		String what = "Bean " + name + " cannot be told of " + event.getClass().getSimpleName()
				+ ", as it cannot be created";
		if (isTooEarlyOrTooLate(failure)) {
			logger.info(what + ": it needs what is not there");
		}
		else {
			logger.warn(what, failure);
		}
	}

	/** Whether it needs what is being created, and has failed, or the context ends. */
	private static boolean isTooEarlyOrTooLate(BeansException failure) {
		return failure.contains(BeanCurrentlyInCreationException.class)
				|| failure.contains(BeanCreationNotAllowedException.class);
	}

	/** Those of other events need not be created for it. */
	private static boolean mayListen(String name, ApplicationEvent event, ConfigurableListableBeanFactory beans) {
		if (!beans.containsBeanDefinition(name)) {
			return true;
		}
		ResolvableType type = beans.getMergedBeanDefinition(name)
			.getResolvableType()
			.as(ApplicationListener.class)
			.getGeneric();
		return type == ResolvableType.NONE || type.isAssignableFrom(event.getClass());
	}

	private static void warn(ApplicationEvent event, Throwable failure) {
		logger.warn("A listener of " + event.getClass().getSimpleName()
				+ " failed; what was migrated and seeded stays as it is", failure);
	}

}
