package dev.samara.seed.volume;

import java.util.List;
import java.util.Locale;

import dev.samara.seed.data.RowMaker.Wanted;

/**
 * Keys of rows that another table holds.
 *
 * @param reference the table
 * @param distribution which row gets how many
 * @param keys the keys, in their order; none before they were looked up
 */
record ReferenceValues(Wanted reference, Distribution distribution, List<String> keys) implements ColumnValues {

	ReferenceValues {
		keys = List.copyOf(keys);
	}

	@Override
	public String value(Row row, Dice dice) {
		int count = this.keys.size();
		return this.keys.get((int) switch (this.distribution) {
			case EVEN -> dice.below(count);
			case SKEWED -> {
				double share = dice.share();
				yield count * share * share * share;
			}
			case IN_TURN -> (row.number() - 1) % count;
		});
	}

	@Override
	public ColumnValues ready(List<String> keys) {
		return new ReferenceValues(this.reference, this.distribution, keys);
	}

	/**
	 * Which row gets how many.
	 */
	enum Distribution {

		/** All about the same. */
		EVEN,

		/** Few get many: the first tenth gets nearly half. */
		SKEWED,

		/** One after the other, and again from the first. */
		IN_TURN;

		static List<String> names() {
			return List.of("even", "skewed", "in-turn");
		}

		static Distribution of(String name) {
			return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
		}

	}

}
