package dev.samara.seed;

import java.util.List;

/**
 * A seeder for tests.
 */
class SampleSeeder implements Seeder {

	private final String name;

	private final List<String> environments;

	private final Work work;

	SampleSeeder(String name, String environment, Work work) {
		this(name, List.of(environment), work);
	}

	SampleSeeder(String name, List<String> environments, Work work) {
		this.name = name;
		this.environments = environments;
		this.work = work;
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	public List<String> environments() {
		return this.environments;
	}

	@Override
	public void seed(SeedContext context) throws Exception {
		this.work.on(context);
	}

	interface Work {

		void on(SeedContext context) throws Exception;

	}

	/** One that can take back what it has done. */
	static class Reversible extends SampleSeeder implements ReversibleSeeder {

		private final Work back;

		Reversible(String name, String environment, Work work, Work back) {
			super(name, environment, work);
			this.back = back;
		}

		@Override
		public void rollback(SeedContext context) throws Exception {
			this.back.on(context);
		}

	}

}
