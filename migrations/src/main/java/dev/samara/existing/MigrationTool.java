package dev.samara.existing;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.samara.Internal;

/**
 * A migration tool that is recognized by its history table. Tools that share a table name
 * are told apart by the columns, so the order matters: the more specific one comes first.
 * Columns after an equals sign are all that the table has, because a table of that name
 * is often homemade. Names and columns are those of each tool's own documentation or
 * source.
 *
 * @since 0.1.0
 */
@Internal
public enum MigrationTool {

	/** Flyway; the table can have any name, {@code schema_version} before Flyway 5. */
	FLYWAY("Flyway", null, "installed_rank version description type script checksum installed_by success",
			"SELECT version FROM %s WHERE success AND version IS NOT NULL ORDER BY installed_rank DESC LIMIT 1"),

	/** Liquibase; the table can have any name. */
	LIQUIBASE("Liquibase", null, "id author filename dateexecuted orderexecuted md5sum",
			"SELECT id FROM %s ORDER BY orderexecuted DESC LIMIT 1"),

	/** Samara with another history table, of another service for example. */
	SAMARA("Samara", null, "run_id event kind version script checksum statements_total installed_by",
			"SELECT version FROM %s WHERE version IS NOT NULL ORDER BY id DESC LIMIT 1"),

	/** golang-migrate. */
	GOLANG_MIGRATE("golang-migrate", "schema_migrations", "version dirty", "SELECT max(version)::text FROM %s"),

	/** Ecto. */
	ECTO("Ecto", "schema_migrations", "version inserted_at", "SELECT max(version)::text FROM %s"),

	/** Supabase. */
	SUPABASE("Supabase", "schema_migrations", "version statements name", "SELECT max(version)::text FROM %s"),

	/** Rails and dbmate, whose tables are equal. */
	SCHEMA_MIGRATIONS("Rails or dbmate", "schema_migrations", "=version", "SELECT max(version)::text FROM %s"),

	/** goose. */
	GOOSE("goose", "goose_db_version", "version_id is_applied",
			"SELECT version_id::text FROM %s ORDER BY id DESC LIMIT 1"),

	/** Prisma. */
	PRISMA("Prisma", "_prisma_migrations", "migration_name finished_at",
			"SELECT migration_name FROM %s WHERE finished_at IS NOT NULL ORDER BY finished_at DESC LIMIT 1"),

	/** Diesel. */
	DIESEL("Diesel", "__diesel_schema_migrations", "version", "SELECT max(version)::text FROM %s"),

	/** SQLx. */
	SQLX("SQLx", "_sqlx_migrations", "version success", "SELECT max(version)::text FROM %s"),

	/** Refinery. */
	REFINERY("Refinery", "refinery_schema_history", "version applied_on", "SELECT max(version)::text FROM %s"),

	/** SeaORM. */
	SEAORM("SeaORM", "seaql_migrations", "version", "SELECT max(version)::text FROM %s"),

	/** Alembic. */
	ALEMBIC("Alembic", "alembic_version", "version_num", "SELECT max(version_num)::text FROM %s"),

	/** Django. */
	DJANGO("Django", "django_migrations", "app name applied",
			"SELECT app || '.' || name FROM %s ORDER BY id DESC LIMIT 1"),

	/** yoyo. */
	YOYO("yoyo", "_yoyo_migration", "migration_id", "SELECT max(migration_id)::text FROM %s"),

	/** Knex. */
	KNEX("Knex", "knex_migrations", "name batch", "SELECT name FROM %s ORDER BY id DESC LIMIT 1"),

	/** Sequelize. */
	SEQUELIZE("Sequelize", "SequelizeMeta", "=name", "SELECT max(name)::text FROM %s"),

	/** Laravel. */
	LARAVEL("Laravel", "migrations", "migration batch", "SELECT migration FROM %s ORDER BY id DESC LIMIT 1"),

	/** TypeORM. */
	TYPEORM("TypeORM", "migrations", "timestamp name", "SELECT name FROM %s ORDER BY id DESC LIMIT 1"),

	/** node-pg-migrate. */
	NODE_PG_MIGRATE("node-pg-migrate", "pgmigrations", "name run_on", "SELECT name FROM %s ORDER BY id DESC LIMIT 1"),

	/** Kysely. */
	KYSELY("Kysely", "kysely_migration", "name timestamp", "SELECT max(name)::text FROM %s"),

	/** MikroORM. */
	MIKRO_ORM("MikroORM", "mikro_orm_migrations", "id name executed_at",
			"SELECT name FROM %s ORDER BY id DESC LIMIT 1"),

	/** FluentMigrator. */
	FLUENT_MIGRATOR("FluentMigrator", "VersionInfo", "version appliedon description",
			"SELECT max(\"Version\")::text FROM %s"),

	/** Drizzle; its table has hashes and no versions. */
	DRIZZLE("Drizzle", "__drizzle_migrations", "hash created_at", null),

	/** Entity Framework. */
	ENTITY_FRAMEWORK("Entity Framework", "__EFMigrationsHistory", "migrationid productversion",
			"SELECT max(\"MigrationId\")::text FROM %s"),

	/** sql-migrate. */
	SQL_MIGRATE("sql-migrate", "gorp_migrations", "id applied_at", "SELECT max(id)::text FROM %s"),

	/** tern. */
	TERN("tern", "schema_version", "=version", "SELECT max(version)::text FROM %s"),

	/** MyBatis Migrations. */
	MYBATIS("MyBatis Migrations", "changelog", "id applied_at description", "SELECT max(id)::text FROM %s"),

	/** Play evolutions; the id is a number. */
	PLAY("Play evolutions", "play_evolutions", "id hash applied_at", "SELECT max(id)::text FROM %s"),

	/** Phinx. */
	PHINX("Phinx", "phinxlog", "version migration_name", "SELECT max(version)::text FROM %s"),

	/** Doctrine. */
	DOCTRINE("Doctrine", "doctrine_migration_versions", "version executed_at",
			"SELECT version FROM %s ORDER BY executed_at DESC LIMIT 1"),

	/** Atlas. */
	ATLAS("Atlas", "atlas_schema_revisions", "version description applied", "SELECT max(version)::text FROM %s"),

	/** Sqitch, in its own schema. */
	SQITCH("Sqitch", "changes", "change_id change project committed_at",
			"SELECT change FROM %s ORDER BY committed_at DESC LIMIT 1");

	private final String title;

	private final @Nullable String table;

	private final boolean isExact;

	private final Set<String> columns;

	private final @Nullable String lastVersion;

	MigrationTool(String title, @Nullable String table, String columns, @Nullable String lastVersion) {
		this.title = title;
		this.table = table;
		this.isExact = columns.startsWith("=");
		this.columns = Set.of((this.isExact ? columns.substring(1) : columns).split(" "));
		this.lastVersion = lastVersion;
	}

	/**
	 * Return the tool whose history table this is.
	 * @param table name of a table
	 * @param columns names of its columns
	 * @return the tool; empty if none is known that has such a table
	 */
	static Optional<MigrationTool> of(String table, Collection<String> columns) {
		Set<String> lowerCase = columns.stream()
			.map((column) -> column.toLowerCase(Locale.ROOT))
			.collect(Collectors.toSet());
		return Stream.of(values())
			.filter((tool) -> tool.table == null || tool.table.equalsIgnoreCase(table))
			.filter((tool) -> tool.isExact ? lowerCase.equals(tool.columns) : lowerCase.containsAll(tool.columns))
			.findFirst();
	}

	/** Return the query for the last version, or {@code null} if the table has none. */
	@Nullable String lastVersionSql(String quotedTable) {
		return (this.lastVersion != null) ? this.lastVersion.formatted(quotedTable) : null;
	}

	@Override
	public String toString() {
		return this.title;
	}

}
