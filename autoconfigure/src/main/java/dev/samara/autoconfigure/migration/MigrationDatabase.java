package dev.samara.autoconfigure.migration;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.util.StringUtils;

import dev.samara.Internal;

/**
 * The database to migrate and seed. A type of its own, because a further
 * {@link DataSource} bean would make the application's ambiguous.
 *
 * @param dataSource gives connections to it
 * @since 0.1.0
 */
@Internal
public record MigrationDatabase(DataSource dataSource) {

	/**
	 * Choose the data source: the marked one, or one from the configured URL, or the
	 * application's with another user, or the application's.
	 * @param marked the data source marked as {@link MigrationDataSource}, or
	 * {@code null}
	 * @param application the application's only or primary data source, or {@code null}
	 * @param properties the configuration
	 */
	static MigrationDatabase choose(@Nullable DataSource marked, @Nullable DataSource application,
			MigrationProperties properties) {
		if (marked != null) {
			return new MigrationDatabase(marked);
		}
		if (StringUtils.hasText(properties.url())) {
			return unpooled(DataSourceBuilder.create().url(properties.url()), properties);
		}
		if (application == null) {
			throw new NoMigrationDataSourceException();
		}
		if (StringUtils.hasText(properties.user())) {
			return unpooled(DataSourceBuilder.derivedFrom(application), properties);
		}
		return new MigrationDatabase(application);
	}

	private static MigrationDatabase unpooled(DataSourceBuilder<?> builder, MigrationProperties properties) {
		return new MigrationDatabase(builder.type(SimpleDriverDataSource.class)
			.username(properties.user())
			.password(properties.password())
			.build());
	}

}
