package dev.samara.seed;

import java.util.Collection;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.samara.environment.Application;

/**
 * The application that seeds, compared to those that have seeded before. Pure.
 *
 * @param application its name and version
 * @param aliases other names under which it seeds the same database
 */
record SeedOwner(Application application, Set<String> aliases) {

	/** An application that does not specify its name and version. */
	static final SeedOwner UNKNOWN = new SeedOwner(Application.UNKNOWN, Set.of());

	SeedOwner(Application application, Collection<String> aliases) {
		this(application, Set.copyOf(aliases));
	}

	/**
	 * Return whether another application has written an entry. An application without a
	 * name is never another one.
	 */
	boolean isOther(@Nullable SeedEntry entry) {
		String name = this.application.name();
		String other = (entry != null) ? entry.application().name() : null;
		return name != null && other != null && !name.equals(other) && !this.aliases.contains(other);
	}

	/**
	 * Compare this release to the one that has written an entry.
	 */
	ReleaseOrder orderTo(SeedEntry entry) {
		return ReleaseOrder.of(this.application.version(), entry.application().version());
	}

}
