package dev.samara.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import dev.samara.SamaraException;

/**
 * Tells a failure of Samara at startup: what failed, and what to do.
 */
class SamaraFailureAnalyzer extends AbstractFailureAnalyzer<SamaraException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, SamaraException cause) {
		return new FailureAnalysis(cause.getMessage(), cause.getRemedy(), cause);
	}

}
