package dev.samara.migration;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Code for tests.
 */
class SampleMigration implements JavaMigration {

	private final String name;

	private final Work work;

	private List<String> dependencies = List.of();

	private List<String> environments = List.of();

	private @Nullable String checksum;

	private boolean isTransactional = true;

	SampleMigration(String name, Work work) {
		this.name = name;
		this.work = work;
	}

	SampleMigration(String name, String sql) {
		this(name, (context) -> context.jdbc().execute(sql));
	}

	SampleMigration dependingOn(String... names) {
		this.dependencies = List.of(names);
		return this;
	}

	SampleMigration in(String... names) {
		this.environments = List.of(names);
		return this;
	}

	SampleMigration withChecksum(String text) {
		this.checksum = text;
		return this;
	}

	SampleMigration withoutTransaction() {
		this.isTransactional = false;
		return this;
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	public List<String> dependsOn() {
		return this.dependencies;
	}

	@Override
	public List<String> environments() {
		return this.environments;
	}

	@Override
	public @Nullable String checksum() {
		return this.checksum;
	}

	@Override
	public boolean isTransactional() {
		return this.isTransactional;
	}

	@Override
	public void up(MigrationContext context) throws Exception {
		this.work.on(context);
	}

	interface Work {

		void on(MigrationContext context) throws Exception;

	}

	/** One that can take itself back. */
	static class Reversible extends SampleMigration implements ReversibleJavaMigration {

		private final Work back;

		Reversible(String name, String sql, String back) {
			this(name, (context) -> context.jdbc().execute(sql), (context) -> context.jdbc().execute(back));
		}

		Reversible(String name, Work work, Work back) {
			super(name, work);
			this.back = back;
		}

		@Override
		public void down(MigrationContext context) throws Exception {
			this.back.on(context);
		}

	}

}
