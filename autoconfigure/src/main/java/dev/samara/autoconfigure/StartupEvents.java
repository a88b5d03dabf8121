package dev.samara.autoconfigure;

import java.util.ArrayDeque;
import java.util.Queue;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationEventPublisher;

import dev.samara.Internal;

/**
 * Publishes the events of migrations and seeds. They run while beans are being created,
 * when nobody listens yet who has a method {@code @EventListener}, and when a listener
 * that uses the database would wait for them: so the events of a start wait until all
 * singletons are there. If the start fails there is no such moment, and they go at once
 * to whoever can be reached. What a listener throws is logged. Safe for several threads.
 *
 * @since 0.1.0
 */
@Internal
public final class StartupEvents implements SmartInitializingSingleton {

	private static final Log logger = LogFactory.getLog(StartupEvents.class);

	private final ApplicationEventPublisher publisher;

	private final Queue<ApplicationEvent> waiting = new ArrayDeque<>();

	private boolean isStarted;

	/**
	 * Create a publisher.
	 * @param publisher where the events go
	 */
	public StartupEvents(ApplicationEventPublisher publisher) {
		this.publisher = publisher;
	}

	/**
	 * Publish something that went well: at once, or with the others when the application
	 * has started.
	 * @param event the event
	 */
	public void publish(ApplicationEvent event) {
		if (!isKept(event)) {
			send(event);
		}
	}

	/**
	 * Publish a failure: at once, after everything that is waiting.
	 * @param event the event
	 */
	public void publishFailure(ApplicationEvent event) {
		sendWaiting();
		send(event);
	}

	@Override
	public void afterSingletonsInstantiated() {
		synchronized (this.waiting) {
			this.isStarted = true;
		}
		sendWaiting();
	}

	private boolean isKept(ApplicationEvent event) {
		synchronized (this.waiting) {
			return !this.isStarted && this.waiting.add(event);
		}
	}

	private void sendWaiting() {
		for (ApplicationEvent event = next(); event != null; event = next()) {
			send(event);
		}
	}

	private @Nullable ApplicationEvent next() {
		synchronized (this.waiting) {
			return this.waiting.poll();
		}
	}

	private void send(ApplicationEvent event) {
		try {
			this.publisher.publishEvent(event);
		}
		catch (RuntimeException ex) {
			logger.warn("A listener of " + event.getClass().getSimpleName()
					+ " failed; what was migrated and seeded stays as it is", ex);
		}
	}

}
