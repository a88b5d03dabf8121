package dev.samara.migration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

import dev.samara.schema.SchemaDifference;
import dev.samara.schema.SchemaSnapshot;
import dev.samara.script.Finding;
import dev.samara.testing.Scripts;

/**
 * The database and the folder of a random walk, and the engine that works on them. Says
 * what happens in the words of {@link WalkModel}.
 */
final class WalkDatabase {

	private final DataSource dataSource;

	private final JdbcTemplate jdbc;

	private final Scripts scripts;

	private final Map<String, String> written = new HashMap<>();

	private final SchemaSnapshot initial;

	WalkDatabase(DataSource dataSource, Scripts scripts) {
		this.dataSource = dataSource;
		this.jdbc = new JdbcTemplate(dataSource);
		this.scripts = scripts;
		this.jdbc.execute("SET client_min_messages = warning; DROP SCHEMA public CASCADE; CREATE SCHEMA public; "
				+ "RESET client_min_messages");
		this.initial = schema();
	}

	void write(Collection<WalkMigration> files) {
		Map<String, String> wanted = new HashMap<>();
		files.forEach((file) -> wanted.putAll(file.files()));
		List.copyOf(this.written.keySet()).stream().filter((name) -> !wanted.containsKey(name)).forEach((name) -> {
			this.scripts.remove(name);
			this.written.remove(name);
		});
		wanted.forEach((name, content) -> {
			if (!content.equals(this.written.put(name, content))) {
				this.scripts.add(name, content);
			}
		});
	}

	void execute(String sql) {
		this.jdbc.execute(sql);
	}

	String migrate(String target, OutOfOrder outOfOrder) {
		try {
			MigrationReport report = migrator(target, outOfOrder).migrate();
			return "applied " + keys(report.applied().stream().map((result) -> result.migration().key())) + " to "
					+ version(report.current());
		}
		catch (MigrationValidationException ex) {
			return "refused " + codes(ex.getFindings());
		}
		catch (MigrationFailedException ex) {
			return "failed at " + ex.getMigration().orElseThrow().key() + " after "
					+ keys(ex.getApplied().stream().map((result) -> result.migration().key()));
		}
	}

	String rollBack(RollbackTarget target) {
		try {
			RollbackReport report = migrator("latest", OutOfOrder.FAIL).rollback(target);
			return "rolled back " + keys(report.rolledBack().stream().map(RollbackResult::key)) + " to "
					+ version(report.current()) + ", schema " + comparison(report.schemaDifference());
		}
		catch (RollbackRefusedException ex) {
			return "refused " + codes(ex.getFindings());
		}
		catch (RollbackFailedException ex) {
			String message = ex.getMessage();
			String key = message.substring("The rollback of ".length()).split("[ ]", 2)[0];
			return "failed at " + key + " after " + keys(ex.getRolledBack().stream().map(RollbackResult::key));
		}
	}

	private static String comparison(@Nullable SchemaDifference difference) {
		return (difference == null) ? "not compared" : difference.isEmpty() ? "restored" : "not restored";
	}

	String dryRun(String target, OutOfOrder outOfOrder) {
		try {
			DryRunReport report = migrator(target, outOfOrder).dryRun();
			String tried = keys(report.tried().stream().map((result) -> result.migration().key())).toString();
			return report.findFailure()
				.map((failure) -> "failed at " + failure.migration().key() + " after " + tried)
				.orElse("tried " + tried);
		}
		catch (MigrationValidationException ex) {
			return "refused " + codes(ex.getFindings());
		}
	}

	String plan(String target, OutOfOrder outOfOrder) {
		MigrationPlan plan = migrator(target, outOfOrder).plan();
		return "plan " + keys(plan.steps().stream().map((step) -> step.migration().key())) + " errors "
				+ codes(plan.errors());
	}

	String planRollback(RollbackTarget target) {
		RollbackPlan plan = migrator("latest", OutOfOrder.FAIL).planRollback(target);
		return "plan " + keys(plan.steps().stream().map((step) -> step.status().key())) + " errors "
				+ codes(plan.errors());
	}

	/**
	 * Return everything that a model must agree with after each step.
	 */
	String describe() {
		MigrationOverview overview = migrator("latest", OutOfOrder.FAIL).status();
		List<String> states = overview.migrations()
			.stream()
			.map((status) -> status.key() + "=" + status.state())
			.toList();
		boolean hasHistory = Boolean.TRUE
			.equals(this.jdbc.queryForObject("SELECT to_regclass('samara_migrations') IS NOT NULL", Boolean.class));
		return WalkDatabase.description(states, version(overview.current().orElse(null)), applied(overview),
				relations(), hasHistory, hasHistory ? history() : List.of());
	}

	static String description(List<String> states, String current, List<String> applied,
			SortedMap<String, String> tables, boolean hasHistory, List<String> history) {
		return String.join("\n", "states " + states, "at " + current, "applied in order " + applied,
				"relations " + tables, "history table " + hasHistory, "history " + history);
	}

	private static List<String> applied(MigrationOverview overview) {
		SortedMap<Long, String> applied = new TreeMap<>();
		for (MigrationStatus status : overview.migrations()) {
			if (status.applied() != null) {
				applied.put(status.applied().id(), status.key().toString());
			}
		}
		return List.copyOf(applied.values());
	}

	private SortedMap<String, String> relations() {
		SortedMap<String, String> relations = new TreeMap<>();
		this.jdbc.query("""
				SELECT c.relname, CASE c.relkind WHEN 'r' THEN (SELECT string_agg(attname, ',') FROM pg_attribute a
					WHERE a.attrelid = c.oid AND attnum > 0 AND NOT attisdropped) ELSE '' END
				FROM pg_class c LEFT JOIN pg_index i ON i.indexrelid = c.oid
				WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'i') AND relname NOT LIKE 'samara%'
					AND coalesce(i.indisvalid, true)
				""", (row) -> {
			relations.put(row.getString(1), row.getString(2));
		});
		return relations;
	}

	private List<String> history() {
		return this.jdbc.queryForList("""
				SELECT event || ' ' || CASE kind WHEN 'VERSIONED' THEN version ELSE 'R:' || description END || ' '
					|| statements_done
				FROM samara_migrations ORDER BY id
				""", String.class);
	}

	/** Return what differs from the schema before the walk. */
	String changes() {
		return SchemaDifference.between(this.initial, schema()).toString();
	}

	private SchemaSnapshot schema() {
		return SchemaSnapshot.read(this.dataSource, "samara_migrations", "samara_schema_snapshots",
				"samara_environment");
	}

	private static List<String> keys(Stream<MigrationKey> keys) {
		return keys.map(MigrationKey::toString).toList();
	}

	private static String version(@Nullable MigrationVersion version) {
		return (version != null) ? version.toString() : "0";
	}

	private static List<String> codes(List<Finding> findings) {
		return findings.stream().filter(Finding::isError).map(Finding::code).sorted().toList();
	}

	private Migrator migrator(String target, OutOfOrder outOfOrder) {
		return Migrator.builder(this.dataSource)
			.settings(MigrationSettings.builder()
				.locations(this.scripts.location())
				.target(MigrationTarget.of(target))
				.outOfOrder(outOfOrder)
				.build())
			.build();
	}

	/**
	 * Return the engine's word for a target of {@link WalkPlan#down}.
	 */
	static RollbackTarget rollbackTarget(String text) {
		List<String> words = Arrays.asList(text.split(" ", 2));
		return switch (words.get(0)) {
			case "everything" -> RollbackTarget.EVERYTHING;
			case "last" -> RollbackTarget.LAST_RUN;
			case "steps" -> RollbackTarget.steps(Integer.parseInt(words.get(1)));
			case "to" -> RollbackTarget.toVersion(words.get(1));
			case "only" -> RollbackTarget.only(words.get(1));
			case "force" -> new RollbackTarget.Only(MigrationVersion.of(words.get(1)), true);
			default -> throw new IllegalArgumentException(text);
		};
	}

}
