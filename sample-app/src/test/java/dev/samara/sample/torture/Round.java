package dev.samara.sample.torture;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One fault among one to three applications that start at about the same time, and
 * perhaps one more that starts right after it.
 */
final class Round {

	private static final Duration LONGEST = Duration.ofSeconds(90);

	private final Launcher launcher;

	private final TortureDatabase database;

	private final Random random;

	private final Fault fault;

	private final Trigger trigger;

	private final List<Instance> instances = new ArrayList<>();

	private Instance victim;

	private Instance successor;

	private Moment moment;

	Round(Launcher launcher, TortureDatabase database, Random random, Collection<TortureScript> pending) {
		this.launcher = launcher;
		this.database = database;
		this.random = random;
		this.fault = Fault.any(random);
		this.trigger = Trigger.any(random, pending);
	}

	/**
	 * Lets it happen.
	 * @return the migrations that were reported as applied
	 */
	Set<String> run(Injector injector, boolean hasBroken, Tally tally) throws InterruptedException {
		try {
			int wanted = 1 + this.random.nextInt(5) / 2;
			boolean hasSuccessor = this.random.nextBoolean();
			for (int i = 0; i < wanted; i++) {
				this.instances.add(this.launcher.start(this.database, this.trigger));
				Thread.sleep(this.random.nextInt(300));
			}
			if (awaitMoment()) {
				strike(injector, hasSuccessor, tally);
			}
			else {
				tally.missed(this.fault);
			}
			awaitEnd();
			tally.round(this.instances.size(),
					(int) this.instances.stream().filter((instance) -> instance.exitCode() == 0).count());
			this.instances.forEach((instance) -> checkExit(instance, hasBroken));
			return reported();
		}
		finally {
			this.trigger.release(true);
			this.instances.forEach(Instance::close);
		}
	}

	private boolean awaitMoment() throws InterruptedException {
		while (!this.trigger.awaitReached(Duration.ofMillis(20))) {
			if (this.instances.stream().noneMatch(Instance::isAlive) && this.trigger.disarm()) {
				return false;
			}
		}
		return true;
	}

	private void strike(Injector injector, boolean hasSuccessor, Tally tally) throws InterruptedException {
		this.victim = this.instances.stream()
			.filter((instance) -> instance.link() == this.trigger.where())
			.findFirst()
			.orElseThrow();
		Thread.sleep(this.trigger.delay().toMillis());
		this.moment = Moment.of(this.database);
		tally.hit(this.fault, this.moment);
		injector.inject(this.fault, this.victim);
		if (!this.fault.isHarmless()) {
			this.database.endLease(this.victim.pid(), this.fault.isOfServer());
		}
		this.trigger.release(this.fault == Fault.KILL_APPLICATION && this.trigger.isBefore());
		if (hasSuccessor) {
			this.successor = this.launcher.start(this.database, this.trigger);
			this.instances.add(this.successor);
		}
		injector.mend(this.fault, this.victim);
	}

	private void awaitEnd() throws InterruptedException {
		for (Instance instance : this.instances) {
			assertThat(instance.awaitEnd(LONGEST)).as("end of an application").isTrue();
		}
		// What a killed application has left is worked on for a while.
		Awaitility.await("end of all sessions").atMost(LONGEST).until(() -> this.database.sessions() == 0);
		assertThat(this.database.jdbc()
			.queryForObject("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'", Integer.class))
			.as("locks that nobody holds")
			.isZero();
	}

	private void checkExit(Instance instance, boolean hasBroken) {
		boolean isHit = this.victim != null && !this.fault.isHarmless()
				&& (instance == this.victim || (this.fault.isOfServer() && instance != this.successor));
		if (hasBroken) {
			assertThat(instance.exitCode()).as("exit code while a migration is broken").isNotZero();
		}
		else if (!isHit) {
			assertThat(instance.exitCode()).as("exit code of an application nothing happened to").isZero();
		}
	}

	private Set<String> reported() {
		Set<String> applied = new HashSet<>();
		this.instances.forEach((instance) -> applied.addAll(instance.applied()));
		return applied;
	}

	boolean hasSuccess() {
		return this.instances.stream().anyMatch((instance) -> instance.exitCode() == 0);
	}

	String logs() {
		StringBuilder logs = new StringBuilder();
		for (Instance instance : this.instances) {
			logs.append("---- application ").append(this.instances.indexOf(instance) + 1);
			logs.append((instance == this.victim) ? ", the victim\n" : "\n").append(instance.log());
		}
		return logs.toString();
	}

	@Override
	public String toString() {
		return this.fault + " " + this.trigger + ((this.moment != null) ? ", " + this.moment : ", missed");
	}

}
