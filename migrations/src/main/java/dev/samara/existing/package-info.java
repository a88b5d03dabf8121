/**
 * What a database contains that Samara has not created: objects in the schema to migrate,
 * and the history tables of other migration tools. Reads the catalog; knows nothing of
 * migrations.
 */
@NullMarked
package dev.samara.existing;

import org.jspecify.annotations.NullMarked;
