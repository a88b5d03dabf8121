package dev.samara.seed;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.samara.environment.Environment;

/**
 * A seed, what the history says of it, and what follows from both.
 *
 * @param name the seed
 * @param environment the environment its folder belongs to, or {@code null} for
 * {@code common}
 * @param level how important it is
 * @param state its state
 * @param seed its file, or {@code null} if there is none
 * @param applied the entry by which it was last applied, or {@code null}
 * @param last its latest entry, or {@code null}
 * @param loss which table of it a migration or rollback has dropped or emptied since it
 * was applied, such as {@code table public.customer was dropped}; {@code null} if none
 * @since 0.1.0
 */
public record SeedStatus(String name, @Nullable Environment environment, SeedLevel level, SeedState state,
		@Nullable Seed seed, @Nullable SeedEntry applied, @Nullable SeedEntry last, @Nullable String loss) {

	/**
	 * Return the folder the seed belongs to.
	 * @return {@code common}, or the name of the environment
	 */
	public String folder() {
		return Seed.folder(this.environment);
	}

	/**
	 * Return the file.
	 * @return the path as its location shows it, from the history if the file is gone
	 */
	public String script() {
		if (this.seed != null) {
			return this.seed.path();
		}
		return (this.last != null) ? this.last.script() : this.name;
	}

	/**
	 * Return the failure of the last attempt to apply it, or to take it back.
	 * @return its entry, if the last attempt failed
	 */
	public Optional<SeedEntry> failure() {
		return Optional.ofNullable(this.last)
			.filter((entry) -> entry.event() == SeedEvent.FAILED || entry.event() == SeedEvent.ROLLBACK_FAILED);
	}

	@Override
	public String toString() {
		return this.name;
	}

}
