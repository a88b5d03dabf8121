package dev.samara.migration;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.slf4j.LoggerFactory;

/**
 * What Samara has logged in a test, from whatever thread.
 */
final class CapturedLog extends AppenderBase<ILoggingEvent> {

	private final List<String> lines = new CopyOnWriteArrayList<>();

	private final Logger logger = (Logger) LoggerFactory.getLogger("dev.samara");

	private final Level level = this.logger.getLevel();

	private CapturedLog() {
		start();
		this.logger.setLevel(Level.INFO);
		this.logger.addAppender(this);
	}

	@Override
	protected void append(ILoggingEvent event) {
		this.lines.add(event.getFormattedMessage());
	}

	String text() {
		return String.join("\n", this.lines);
	}

	private void end() {
		this.logger.detachAppender(this);
		this.logger.setLevel(this.level);
	}

	/**
	 * Gives a captured log to tests that ask for one.
	 */
	static final class Capture implements ParameterResolver, AfterEachCallback {

		private CapturedLog log;

		@Override
		public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
			return parameter.getParameter().getType() == CapturedLog.class;
		}

		@Override
		public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
			this.log = new CapturedLog();
			return this.log;
		}

		@Override
		public void afterEach(ExtensionContext context) {
			if (this.log != null) {
				this.log.end();
				this.log = null;
			}
		}

	}

}
