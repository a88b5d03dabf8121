package dev.samara.execution;

import java.time.Duration;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import dev.samara.activity.Blockage;
import dev.samara.activity.BlockageProbe;
import dev.samara.activity.IndexProgress;
import dev.samara.activity.Probe;
import dev.samara.postgres.PostgresConnection;

/**
 * Tells in the log, at growing intervals, how far a statement is that may take long, and
 * whom it waits for. Called from the observer's thread; what it has seen may be asked
 * from any.
 */
final class WaitReport implements Probe {

	/** Time until the first look; what takes less needs no second connection. */
	static final Duration FIRST = Duration.ofSeconds(1);

	/** Time between two looks. */
	static final Duration INTERVAL = Duration.ofMillis(500);

	private static final Log logger = LogFactory.getLog(WaitReport.class);

	private static final Duration LONGEST_SILENCE = Duration.ofMinutes(5);

	private final String what;

	private final BlockageProbe blockage;

	private final int pid;

	private final long start = System.nanoTime();

	private Duration nextReport = FIRST;

	private @Nullable String phase;

	private Duration phaseStart = Duration.ZERO;

	WaitReport(String what, int pid) {
		this.what = what;
		this.blockage = new BlockageProbe(pid);
		this.pid = pid;
	}

	BlockageProbe blockage() {
		return this.blockage;
	}

	@Override
	public void look(PostgresConnection connection) {
		Duration elapsed = Duration.ofNanos(System.nanoTime() - this.start);
		Blockage now = this.blockage.lookNow(connection);
		IndexProgress progress = IndexProgress.of(connection, this.pid).orElse(null);
		if (progress != null && !progress.phase().equals(this.phase)) {
			this.phase = progress.phase();
			this.phaseStart = elapsed;
		}
		if (elapsed.compareTo(this.nextReport) < 0 || (now.isEmpty() && progress == null)) {
			return;
		}
		String phase = (progress != null) ? ": " + (now.isEmpty() ? progress : progress.withoutBlocker())
				+ remaining(progress, elapsed.minus(this.phaseStart)) : "";
		logger.info(this.what + " for " + elapsed.toSeconds() + " s" + phase
				+ now.root()
					.map((root) -> ((progress != null) ? "; it waits for " : "; ") + now + "; to make that let go: "
							+ root.release())
					.orElse(""));
		this.nextReport = next(elapsed);
	}

	static Duration next(Duration elapsed) {
		Duration doubled = elapsed.multipliedBy(2);
		Duration latest = elapsed.plus(LONGEST_SILENCE);
		return (doubled.compareTo(latest) > 0) ? latest : doubled;
	}

	/**
	 * Say how long the phase is going to take, if it goes on as it has so far.
	 */
	static String remaining(IndexProgress progress, Duration inPhase) {
		Integer percent = progress.percent();
		if (percent == null || percent < 1 || percent > 99 || inPhase.toSeconds() < 1) {
			return "";
		}
		return ", about " + (inPhase.toSeconds() * (100 - percent) / percent) + " s left of this phase";
	}

}
