package dev.samara.seed.data;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A long load is never silent.
 */
class LoadProgressTests {

	private final List<String> said = new CopyOnWriteArrayList<>();

	private long seconds = 100;

	@Test
	void saysHowFarTheColumnsAreRead() throws IOException {
		LoadProgress progress = progress(Duration.ofHours(1));
		InputStream scan = progress.count(new ByteArrayInputStream(new byte[1000]));
		scan.readNBytes(100);
		assertThat(this.said).isEmpty();
		this.seconds += 6;
		scan.readNBytes(300);
		this.seconds += 6;
		scan.readNBytes(600);
		InputStream rows = progress.count(new ByteArrayInputStream(new byte[1000]));
		rows.readNBytes(500);
		progress.loaded(1);
		this.seconds += 6;
		rows.readNBytes(1);
		progress.isToBeMerged();
		progress.loaded(7);

		assertThat(this.said).containsExactly("Loading a.json: reading its columns, 40 %",
				"Loading a.json: reading its columns, 100 %",
				"Loading a.json: 7 rows, 50 %, about 5 s to go, then merging");
	}

	@Test
	void saysThatTheServerIsAtWorkUntilItIsDone() {
		LoadProgress progress = progress(Duration.ofMillis(20));
		progress.merging(9);
		Awaitility.await().until(() -> this.said.size() > 1);
		progress.close();
		int count = this.said.size();

		Awaitility.await().during(Duration.ofMillis(100)).until(() -> this.said.size() == count);
		assertThat(this.said).containsOnly("Loading a.json: merging for 0 s");
	}

	private LoadProgress progress(Duration mergeInterval) {
		return new LoadProgress("a.json", 1000, 0, () -> TimeUnit.SECONDS.toNanos(this.seconds), this.said::add,
				mergeInterval);
	}

}
