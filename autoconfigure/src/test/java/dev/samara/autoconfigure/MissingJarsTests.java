package dev.samara.autoconfigure;

import java.io.Closeable;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Starts an application whose class path really lacks the jars that are optional.
 */
class MissingJarsTests {

	@ParameterizedTest
	@ValueSource(strings = { "/spring-boot-health-", "/spring-boot-(health|actuator|actuator-autoconfigure)-",
			"/(samara-seeds-|seeds/target/)" })
	void startsWithout(String jars) throws Exception {
		try (URLClassLoader without = classPathWithout(Pattern.compile(jars).asPredicate())) {
			start(without).close();
		}
	}

	/** Keeps the test above from proving nothing. */
	@Test
	void doesNotStartWithoutTheMigrationEngine() throws Exception {
		try (URLClassLoader without = classPathWithout(
				Pattern.compile("/migrations/target/|/samara-migrations-").asPredicate())) {
			assertThatException().isThrownBy(() -> start(without));
		}
	}

	private static Closeable start(ClassLoader classLoader) throws Exception {
		Thread thread = Thread.currentThread();
		ClassLoader before = thread.getContextClassLoader();
		thread.setContextClassLoader(classLoader);
		try {
			Class<?> type = classLoader.loadClass("org.springframework.boot.SpringApplication");
			Object application = type.getConstructor(Class[].class)
				.newInstance((Object) new Class<?>[] { classLoader.loadClass(BareApplication.class.getName()) });
			return (Closeable) type.getMethod("run", String[].class)
				.invoke(application,
						(Object) new String[] { "--spring.main.web-application-type=none",
								"--spring.main.banner-mode=off", "--samara.migrations.on-startup=off",
								"--spring.datasource.url=jdbc:postgresql://localhost:1/nursery",
								"--management.endpoints.web.exposure.include=*" });
		}
		finally {
			thread.setContextClassLoader(before);
		}
	}

	private static URLClassLoader classPathWithout(Predicate<String> jar) {
		List<String> all = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
			.map((entry) -> new File(entry).isDirectory() ? entry + "/" : entry)
			.toList();
		List<String> rest = all.stream().filter(jar.negate()).toList();
		assertThat(rest).hasSizeLessThan(all.size());
		return new URLClassLoader(rest.stream().map(MissingJarsTests::url).toArray(URL[]::new),
				ClassLoader.getPlatformClassLoader());
	}

	private static URL url(String entry) {
		try {
			return Path.of(entry).toUri().toURL();
		}
		catch (MalformedURLException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

}
