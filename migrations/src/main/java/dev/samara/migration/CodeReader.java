package dev.samara.migration;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.samara.SamaraException;
import dev.samara.script.Dependency;
import dev.samara.script.Finding;
import dev.samara.script.Place;

/**
 * Asks code, once, what it says of itself. What it throws, and {@code null} where there
 * is to be a value, becomes a finding that names the class and the method.
 */
final class CodeReader {

	private final CodeSource code;

	private final String path;

	private final Consumer<Finding> findings;

	private boolean hasFailed;

	private CodeReader(CodeSource code, Consumer<Finding> findings) {
		this.code = code;
		this.path = JavaMigrationName.path(code.type());
		this.findings = findings;
	}

	/**
	 * Ask code.
	 * @param code the code
	 * @param findings takes what is wrong
	 * @return the migration, with defaults for what it could not say; empty if it could
	 * not say its name
	 */
	static Optional<FoundMigration> read(CodeSource code, Consumer<Finding> findings) {
		return new CodeReader(code, findings).read();
	}

	private Optional<FoundMigration> read() {
		JavaMigration migration = this.code.migration();
		String own = answer("name()", migration::name);
		if (this.hasFailed) {
			return Optional.empty();
		}
		Optional<JavaMigrationName> name = JavaMigrationName.of(own, this.code.type(), this.code.name());
		if (name.isEmpty()) {
			this.findings.accept(badName(own));
		}
		return name.map((found) -> new FoundMigration(found.name(), content(migration, own, found),
				list("environments()", migration::environments)));
	}

	private MigrationContent.Java content(JavaMigration migration, @Nullable String own, JavaMigrationName name) {
		List<Dependency> dependencies = list("dependsOn()", migration::dependsOn).stream()
			.map((needed) -> new Dependency(needed.strip(), Place.of(name.path())))
			.toList();
		boolean isTransactional = !Boolean.FALSE.equals(answer("isTransactional()", migration::isTransactional));
		return MigrationContent.Java.of(migration, own, name, answer("checksum()", migration::checksum), dependencies,
				isTransactional);
	}

	private List<String> list(String method, Question<List<String>> question) {
		List<String> list = answer(method, () -> {
			List<String> given = question.ask();
			if (given == null || given.stream().anyMatch(Objects::isNull)) {
				this.findings.accept(Finding.error("invalid-code",
						"Method " + method + " of " + this.path + " returns null, or a list with null in it",
						"Let it return a list, and List.of() if there is nothing to say.", Place.of(this.path)));
				return List.of();
			}
			return List.copyOf(given);
		});
		return (list != null) ? list : List.of();
	}

	private <T> @Nullable T answer(String method, Question<T> question) {
		try {
			return question.ask();
		}
		catch (StackOverflowError ex) {
			return failed(method, ex);
		}
		catch (VirtualMachineError ex) {
			// As when code runs: nothing can be told by one that is out of memory.
			throw ex;
		}
		catch (Exception | Error ex) {
			return failed(method, ex);
		}
	}

	private <T> @Nullable T failed(String method, Throwable ex) {
		this.hasFailed = true;
		this.findings.accept(failure(method, ex));
		return null;
	}

	/** The message of an exception that is not ours may quote a value. */
	private Finding failure(String method, Throwable ex) {
		String line = Arrays.stream(ex.getStackTrace())
			.filter((frame) -> frame.getClassName().equals(this.path))
			.findFirst()
			.map((frame) -> " (" + frame.getFileName() + ":" + frame.getLineNumber() + ")")
			.orElse("");
		String problem = (ex instanceof SamaraException known) ? known.getMessage() : ex.getClass().getName();
		String remedy = (ex instanceof SamaraException known) ? known.getRemedy() : null;
		return Finding.error("invalid-code", "Method " + method + " of " + this.path + " fails" + line + ": " + problem,
				(remedy != null) ? remedy
						: "Let it return a value without anything that may fail: it is asked at each start, before "
								+ "anything runs.",
				Place.of(this.path));
	}

	private Finding badName(@Nullable String own) {
		String bean = this.code.name();
		return Finding.error("bad-name",
				"The code's name says neither a version nor a repeatable migration: " + ((own != null)
						? "it calls itself \"" + own + "\""
						: "the class" + ((bean != null) ? " of bean \"" + bean + "\"" : "") + " is " + this.path),
				JavaMigrationName.ADVICE, Place.of(this.path));
	}

	@FunctionalInterface
	private interface Question<T> {

		@Nullable T ask();

	}

}
