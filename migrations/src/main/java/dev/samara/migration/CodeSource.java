package dev.samara.migration;

import org.jspecify.annotations.Nullable;

/**
 * Code as it was handed to the migrator.
 *
 * @param migration the migration
 * @param type its class
 * @param name what it is called among others, or {@code null}
 */
record CodeSource(JavaMigration migration, Class<?> type, @Nullable String name) {

}
