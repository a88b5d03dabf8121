package dev.samara.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.event.SimpleApplicationEventMulticaster;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.context.support.ClassPathXmlApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;

class StartupEventsTests {

	private final List<String> received = new ArrayList<>();

	@Test
	void waitUntilSomebodyListens() {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			StartupEvents events = events(context);
			context.addApplicationListener(listener(() -> {
			}));
			context.refresh();
			events.publish(event("a"));
			events.publish(event("b"));
			assertThat(this.received).isEmpty();

			events.afterSingletonsInstantiated();
			events.publish(event("c"));

			assertThat(this.received).containsExactly("a", "b", "c");
		}
	}

	@Test
	void keepTheirOrderWhenAnotherThreadPublishesInBetween() {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			StartupEvents events = events(context);
			context.addApplicationListener(listener(() -> {
				if (this.received.size() == 1) {
					inAnotherThread(() -> events.publish(event("c")));
				}
			}));
			context.refresh();
			events.publish(event("a"));
			events.publish(event("b"));

			events.afterSingletonsInstantiated();

			assertThat(this.received).containsExactly("a", "b", "c");
		}
	}

	@Test
	void reachTheNextListenerWhenOneFails() {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			StartupEvents events = events(context);
			context.addApplicationListener((PayloadApplicationEvent<String> event) -> {
				throw new IllegalStateException("no");
			});
			context.addApplicationListener(listener(() -> {
			}));
			context.refresh();
			events.afterSingletonsInstantiated();

			events.publish(event("a"));

			assertThat(this.received).containsExactly("a");
		}
	}

	@Test
	void areSentWhenTheStartFailsAndOnlyThen() {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			StartupEvents events = events(context);
			context.addApplicationListener(listener(() -> {
			}));
			context.refresh();
			events.duringStart(() -> events.publish(event("a")));
			assertThat(this.received).isEmpty();

			assertThatIllegalStateException().isThrownBy(() -> events.duringStart(() -> {
				events.publish(event("b"));
				throw new IllegalStateException();
			}));

			assertThat(this.received).containsExactly("a", "b");
		}
	}

	@Test
	void areLeftToTheApplicationThatHasItsOwnWay() {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			context.registerBean(AbstractApplicationContext.APPLICATION_EVENT_MULTICASTER_BEAN_NAME,
					SimpleApplicationEventMulticaster.class, () -> {
						SimpleApplicationEventMulticaster multicaster = new SimpleApplicationEventMulticaster();
						multicaster.setErrorHandler((failure) -> this.received.add("handled"));
						return multicaster;
					});
			StartupEvents events = events(context);
			context.addApplicationListener((PayloadApplicationEvent<String> event) -> {
				throw new IllegalStateException("no");
			});
			context.refresh();
			events.afterSingletonsInstantiated();

			events.publish(event("a"));

			assertThat(this.received).containsExactly("handled");
		}
	}

	@Test
	void areLeftToAMulticasterThatAnInitializerHasRegistered() {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			SimpleApplicationEventMulticaster multicaster = new SimpleApplicationEventMulticaster();
			multicaster.setErrorHandler((failure) -> this.received.add("handled"));
			context.getBeanFactory()
				.registerSingleton(AbstractApplicationContext.APPLICATION_EVENT_MULTICASTER_BEAN_NAME, multicaster);
			StartupEvents events = events(context);
			context.addApplicationListener((PayloadApplicationEvent<String> event) -> {
				throw new IllegalStateException("no");
			});
			context.refresh();
			events.afterSingletonsInstantiated();

			events.publish(event("a"));

			assertThat(this.received).containsExactly("handled");
		}
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void tellWhyAListenerCannotBeCreated(CapturedOutput output) {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			context.registerBean("broken", Broken.class, (bean) -> bean.setLazyInit(true));
			StartupEvents events = events(context);
			context.refresh();
			events.afterSingletonsInstantiated();

			events.publish(new Happened());

			assertThat(output)
				.contains("WARN", "Bean broken cannot be told of Happened, as it cannot be created", "no mail server")
				.doesNotContain("it needs what is not there");
		}
	}

	@Test
	void throwNothingWhenTheContextIsClosed() {
		ClassPathXmlApplicationContext context = new ClassPathXmlApplicationContext();
		StartupEvents events = events(context);
		context.refresh();
		events.afterSingletonsInstantiated();
		context.close();

		assertThatNoException().isThrownBy(() -> events.publish(event("a")));
	}

	@Test
	void reachTheParent() {
		try (AnnotationConfigApplicationContext parent = new AnnotationConfigApplicationContext();
				AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			parent.addApplicationListener(listener(() -> {
			}));
			parent.refresh();
			context.setParent(parent);
			context.refresh();
			StartupEvents events = events(context);
			events.afterSingletonsInstantiated();

			events.publish(event("a"));

			assertThat(this.received).containsExactly("a");
		}
	}

	private StartupEvents events(AbstractApplicationContext context) {
		OwnMulticaster multicaster = new OwnMulticaster();
		context.addBeanFactoryPostProcessor(multicaster);
		return new StartupEvents(context, multicaster);
	}

	private ApplicationListener<PayloadApplicationEvent<String>> listener(Runnable after) {
		return new ApplicationListener<>() {

			@Override
			public void onApplicationEvent(PayloadApplicationEvent<String> event) {
				StartupEventsTests.this.received.add(event.getPayload());
				after.run();
			}

		};
	}

	private static ApplicationEvent event(String name) {
		return new PayloadApplicationEvent<>(StartupEventsTests.class, name);
	}

	private static void inAnotherThread(Runnable work) {
		Thread thread = new Thread(work);
		thread.start();
		try {
			thread.join();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static final class Happened extends ApplicationEvent {

		private static final long serialVersionUID = 1L;

		Happened() {
			super(StartupEventsTests.class);
		}

	}

	static class Broken implements ApplicationListener<Happened> {

		Broken() {
			throw new IllegalStateException("no mail server");
		}

		@Override
		public void onApplicationEvent(Happened event) {
		}

	}

}
