package dev.samara.migration;

import java.util.Comparator;

import org.jspecify.annotations.Nullable;

/**
 * What identifies a migration: its version, or the description of a repeatable one.
 *
 * @param version the version, or {@code null} for a repeatable migration
 * @param name the description of a repeatable migration, empty for a versioned one
 * @since 0.1.0
 */
public record MigrationKey(@Nullable MigrationVersion version, String name) implements Comparable<MigrationKey> {

	private static final Comparator<MigrationKey> ORDER = Comparator
		.comparing(MigrationKey::version, Comparator.nullsLast(Comparator.naturalOrder()))
		.thenComparing(MigrationKey::name);

	static MigrationKey of(@Nullable MigrationVersion version, String description) {
		return new MigrationKey(version, (version != null) ? "" : description);
	}

	/**
	 * Order migrations as they run: by version, the repeatable ones last, by name.
	 */
	@Override
	public int compareTo(MigrationKey other) {
		return ORDER.compare(this, other);
	}

	@Override
	public String toString() {
		return (this.version != null) ? this.version.toString() : "R:" + this.name;
	}

}
