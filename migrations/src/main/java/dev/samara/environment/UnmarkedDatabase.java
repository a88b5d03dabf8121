package dev.samara.environment;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import dev.samara.Internal;
import dev.samara.postgres.PostgresConnection;
import dev.samara.postgres.TableName;
import dev.samara.script.Finding;

/**
 * Decides whether an application may mark a database that has no environment marker. A
 * lost marker is recovered from the histories. What could be production, because it holds
 * data of unknown origin, an application of another environment has to claim by name.
 *
 * @since 0.1.0
 */
@Internal
public final class UnmarkedDatabase {

	private static final Log logger = LogFactory.getLog(UnmarkedDatabase.class);

	private final PostgresConnection connection;

	private final EnvironmentMark mark;

	private final Environment application;

	private final @Nullable String claimed;

	/**
	 * Create the decision.
	 * @param connection a connection to the database, outside a transaction
	 * @param mark the marker that is missing, in the schema it belongs to
	 * @param application the environment of the application
	 * @param claimed the database that the application claims for its environment, or
	 * {@code null}
	 */
	public UnmarkedDatabase(PostgresConnection connection, EnvironmentMark mark, Environment application,
			@Nullable String claimed) {
		this.connection = connection;
		this.mark = mark;
		this.application = application;
		this.claimed = (claimed != null) ? claimed.strip() : null;
	}

	/**
	 * Decide. Only reads.
	 * @return why the database must not be marked; empty if it may be
	 * @throws EnvironmentMismatchException if a history or the marker of another schema
	 * shows that the database belongs to another environment
	 */
	public List<Finding> check() {
		List<SamaraTables.Found> tables = SamaraTables.find(this.connection);
		Optional<String> recovered = recover(tables);
		if (this.application.isProduction()) {
			return List.of();
		}
		refuseProductionElsewhere(tables);
		List<Finding> findings = new ArrayList<>();
		tables.stream().filter((table) -> !table.isReadable()).map(this::unreadable).forEach(findings::add);
		if (recovered.isEmpty()) {
			claim(tables).ifPresent(findings::add);
		}
		return findings;
	}

	/** The latest event of the schema's own histories replaces a marker that was lost. */
	private Optional<String> recover(List<SamaraTables.Found> tables) {
		Optional<String> recovered = Optional.empty();
		for (SamaraTables.Found found : tables) {
			if (!found.isMarker() && found.isIn(this.mark.table())) {
				Optional<String> latest = latestEnvironment(found);
				latest.ifPresent((environment) -> requireSame(Environment.of(environment), found.table()));
				recovered = recovered.or(() -> latest);
			}
		}
		return recovered;
	}

	private void requireSame(Environment database, TableName evidence) {
		if (!database.equals(this.application)) {
			throw EnvironmentMismatchException.recovered(this.application, database, evidence, this.mark);
		}
	}

	/** Another schema is no way around the guard of a database. */
	private void refuseProductionElsewhere(List<SamaraTables.Found> tables) {
		for (SamaraTables.Found found : tables) {
			Optional<String> environment = found.isMarker() ? marker(found) : latestEnvironment(found);
			environment.map(Environment::of)
				.filter(Environment::isProduction)
				.ifPresent((production) -> requireSame(production, found.table()));
		}
	}

	private Optional<String> marker(SamaraTables.Found found) {
		return found.isReadable() ? Optional.ofNullable(new EnvironmentMark(found.table()).read(this.connection))
				: Optional.empty();
	}

	private Optional<String> latestEnvironment(SamaraTables.Found history) {
		if (!history.isReadable() || !history.hasEnvironment()) {
			return Optional.empty();
		}
		return this.connection.jdbc()
			.queryForList("SELECT environment FROM " + history.table().quoted()
					+ " WHERE environment IS NOT NULL ORDER BY id DESC LIMIT 1", String.class)
			.stream()
			.findFirst();
	}

	private Finding unreadable(SamaraTables.Found found) {
		TableName table = found.table();
		return Finding.error("unreadable-marker",
				"The role cannot read all rows of " + table
						+ ", which may show that the database is production, and the "
						+ "application runs in environment \"" + this.application + "\"",
				"Run as the owner of the table: GRANT USAGE ON SCHEMA "
						+ new TableName(null, String.valueOf(table.schema())).quoted() + " TO " + role()
						+ "; GRANT SELECT ON " + table.quoted() + " TO " + role()
						+ "; and exempt the role from row-level security, if the table has policies.",
				null);
	}

	private String role() {
		return new TableName(null, one("SELECT current_user::text")).quoted();
	}

	private Optional<Finding> claim(List<SamaraTables.Found> tables) {
		List<String> evidence = evidence(tables);
		if (evidence.isEmpty()) {
			return Optional.empty();
		}
		String database = one("SELECT current_database()::text");
		String use = evidence.stream().collect(Collectors.joining("; "));
		if (database.equals(this.claimed)) {
			logger.warn("Database \"" + database + "\" had no environment marker and is claimed for environment \""
					+ this.application + "\" by samara.claim-database. It holds " + use
					+ ". Remove the key after this start.");
			return Optional.empty();
		}
		String other = (this.claimed == null || this.claimed.isEmpty()) ? ""
				: "; samara.claim-database names \"" + this.claimed + "\", which is not this database";
		return Optional.of(Finding.error("unmarked-database",
				"Database \"" + database + "\" has no environment marker and is in use, and the application runs in "
						+ "environment \"" + this.application + "\". It holds " + use + other,
				"If it is production or unknown, correct the profiles or the URL of the data source. If it belongs to \""
						+ this.application + "\", set samara.claim-database=" + database
						+ " for one start, or mark it by hand: " + this.mark.markSql(this.application),
				null));
	}

	private List<String> evidence(List<SamaraTables.Found> tables) {
		Set<String> marked = tables.stream()
			.filter((found) -> found.isMarker() && marker(found).isPresent())
			.map((found) -> String.valueOf(found.table().schema()))
			.collect(Collectors.toSet());
		List<String> evidence = new ArrayList<>();
		for (SamaraTables.Found found : tables) {
			if (!found.isMarker() && found.isReadable() && !marked.contains(found.table().schema())
					&& latestEnvironment(found).isEmpty()) {
				String events = one("SELECT count(*)::text FROM " + found.table().quoted());
				if (!events.equals("0")) {
					evidence.add("the history " + found.table() + " of runs without an environment (" + events
							+ (events.equals("1") ? " event)" : " events)"));
				}
			}
		}
		Set<TableName> own = tables.stream()
			.map(SamaraTables.Found::table)
			.collect(Collectors.toCollection(HashSet::new));
		List<String> used = new UsedTables(this.connection).find(marked, own);
		if (!used.isEmpty()) {
			evidence.add("tables with rows: " + String.join(", ", used));
		}
		return evidence;
	}

	private String one(String sql) {
		return String.valueOf(this.connection.jdbc().queryForObject(sql, String.class));
	}

}
