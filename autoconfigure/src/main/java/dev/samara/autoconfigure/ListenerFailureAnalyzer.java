package dev.samara.autoconfigure;

import java.sql.SQLException;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;

import dev.samara.SamaraException;

/**
 * Explains that a listener of the application has stopped a run. What it throws goes
 * through as it is, so that the trace has to tell whose it is.
 */
class ListenerFailureAnalyzer implements FailureAnalyzer {

	/** Named, as either engine may be absent. */
	private static final Set<String> CALLERS = Set.of("dev.samara.migration.MigrationListeners",
			"dev.samara.seed.SeedListeners");

	@Override
	public @Nullable FailureAnalysis analyze(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof SamaraException) {
				return null;
			}
			StackTraceElement listener = listener(cause);
			if (listener != null) {
				return new FailureAnalysis(
						"Listener %s has stopped the run in %s: %s".formatted(listener.getClassName(),
								listener.getMethodName(), said(cause)),
						"Do what it asks for and start again, or take the listener out. The stack trace is logged with --debug.",
						cause);
			}
		}
		return null;
	}

	private static @Nullable StackTraceElement listener(Throwable failure) {
		StackTraceElement[] trace = failure.getStackTrace();
		for (int i = 1; i < trace.length; i++) {
			if (CALLERS.contains(trace[i].getClassName())) {
				return trace[i - 1];
			}
		}
		return null;
	}

	/** Its author's own words; those of a server may quote a value. */
	private static String said(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof SQLException) {
				return failure.getClass().getName();
			}
		}
		return failure.toString();
	}

}
