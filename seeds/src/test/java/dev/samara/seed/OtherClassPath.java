package dev.samara.seed;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import org.postgresql.ds.PGSimpleDataSource;

import dev.samara.environment.Environment;
import dev.samara.script.Finding;
import dev.samara.testing.TestDatabase;

/**
 * Seeds with some libraries missing, in a class loader that knows the class path without
 * them.
 */
final class OtherClassPath {

	private OtherClassPath() {
	}

	/**
	 * Run the seeds of a location in environment dev.
	 * @param missing what the names of the missing jars begin with
	 * @return the findings that have kept them from running, or the seeds applied
	 */
	@SuppressWarnings("unchecked")
	static List<String> run(TestDatabase database, String location, String... missing)
			throws IOException, ReflectiveOperationException {
		String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
		URL[] urls = Arrays.stream(classPath.split(File.pathSeparator))
			.map(Path::of)
			.filter((path) -> Arrays.stream(missing)
				.noneMatch((name) -> path.getFileName().toString().startsWith(name)))
			.map(OtherClassPath::url)
			.toArray(URL[]::new);
		try (URLClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
			Method there = loader.loadClass(OtherClassPath.class.getName())
				.getDeclaredMethod("runHere", String.class, String.class, String.class, String.class);
			there.setAccessible(true);
			return (List<String>) there.invoke(null, database.url(), database.username(), database.password(),
					location);
		}
	}

	private static URL url(Path path) {
		try {
			return path.toUri().toURL();
		}
		catch (MalformedURLException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

	/** Called in the other class loader. */
	static List<String> runHere(String url, String username, String password, String location) {
		PGSimpleDataSource dataSource = new PGSimpleDataSource();
		dataSource.setUrl(url);
		dataSource.setUser(username);
		dataSource.setPassword(password);
		SeedRunner runner = SeedRunner.builder(dataSource)
			.settings(SeedSettings.builder().locations(location).environment(Environment.DEV).build())
			.build();
		try {
			return runner.run().applied().stream().map((result) -> result.seed().name()).toList();
		}
		catch (SeedValidationException ex) {
			return ex.getFindings()
				.stream()
				.map((Finding finding) -> finding.code() + " " + finding.place() + " " + finding.remedy())
				.toList();
		}
	}

}
