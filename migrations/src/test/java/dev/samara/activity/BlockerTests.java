package dev.samara.activity;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BlockerTests {

	@Test
	void endsASessionThatIsIdleAndCancelsTheQueryOfAnyOther() {
		assertThat(client("idle in transaction").release()).isEqualTo("SELECT pg_terminate_backend(7)");
		assertThat(client("active").release()).isEqualTo("SELECT pg_cancel_backend(7)");
		assertThat(client(null).release()).isEqualTo("SELECT pg_cancel_backend(7)");
	}

	@Test
	void tellsWhoItIs() {
		assertThat(client("active").identity())
			.isEqualTo("pid 7 (application \"shop\", user ada, from 10.0.0.1, active, in its transaction for 1.5 s)");
		assertThat(client("active"))
			.hasToString(client("active").identity() + " holds AccessShareLock on a, query: SELECT ?");
	}

	@Test
	void tellsWhatIsToBeSeenOfAStranger() {
		Blocker stranger = new Blocker(7, null, null, null, null, null, null, null, false, null, null, true);

		assertThat(stranger.identity()).isEqualTo("pid 7");
	}

	@Test
	void tellsAPreparedTransactionThatHasNoProcess() {
		Blocker prepared = new Blocker(0, null, null, null, null, null, null, "RowExclusiveLock", true, "a", null,
				true);

		assertThat(prepared).hasToString("a prepared transaction holds RowExclusiveLock on a");
		assertThat(prepared.release()).contains("pg_prepared_xacts").contains("ROLLBACK PREPARED");
	}

	@Test
	void knowsAnAutovacuumThatGivesWay() {
		assertThat(blockage(autovacuum("autovacuum: VACUUM public.a")).isOrdinaryAutovacuum()).isTrue();
		assertThat(blockage(autovacuum(null)).isOrdinaryAutovacuum()).isTrue();
		assertThat(blockage(autovacuum("autovacuum: VACUUM public.a (to prevent wraparound)")).isOrdinaryAutovacuum())
			.isFalse();
		assertThat(blockage(client("active")).isOrdinaryAutovacuum()).isFalse();
		assertThat(blockage(autovacuum(null), client("active")).isOrdinaryAutovacuum()).isFalse();
		assertThat(Blockage.NONE.isOrdinaryAutovacuum()).isFalse();
	}

	@Test
	void countsWhoQueues() {
		assertThat(new Blockage(List.of(client("active")), Set.of("3/1"), 2)).asString()
			.endsWith("; 2 sessions queued behind this one");
	}

	private static Blockage blockage(Blocker... blockers) {
		return new Blockage(List.of(blockers), Set.of(), 0);
	}

	private static Blocker autovacuum(String query) {
		return new Blocker(8, null, null, null, "autovacuum worker", null, null, "ShareUpdateExclusiveLock", true, "a",
				query, true);
	}

	private static Blocker client(String state) {
		return new Blocker(7, "ada", "shop", "10.0.0.1", "client backend", state, Duration.ofMillis(1500),
				"AccessShareLock", true, "a", "SELECT ?", true);
	}

}
