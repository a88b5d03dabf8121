package dev.samara.placeholder;

import java.util.Arrays;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * The way back from a text with values to the text with placeholders. Empty, and so free,
 * for a text without any; O(log n) otherwise.
 */
final class SourceMap {

	static final SourceMap NONE = new SourceMap(new int[0], new int[0], new int[0], new int[0], new String[0]);

	private final int[] starts;

	private final int[] ends;

	private final int[] sourceStarts;

	private final int[] sourceEnds;

	private final @Nullable String[] names;

	private SourceMap(int[] starts, int[] ends, int[] sourceStarts, int[] sourceEnds, @Nullable String[] names) {
		this.starts = starts;
		this.ends = ends;
		this.sourceStarts = sourceStarts;
		this.sourceEnds = sourceEnds;
		this.names = names;
	}

	boolean isEmpty() {
		return this.starts.length == 0;
	}

	/**
	 * Return where a character comes from.
	 * @param offset its index in the text with values
	 * @return its index in the text with placeholders; the beginning of the placeholder
	 * for a character of a value
	 */
	int toSource(int offset) {
		int index = lastAt(offset);
		if (index < 0) {
			return offset;
		}
		return (offset < this.ends[index]) ? this.sourceStarts[index]
				: this.sourceEnds[index] + offset - this.ends[index];
	}

	/**
	 * Return whose value a character belongs to.
	 */
	Optional<String> nameAt(int offset) {
		int index = lastAt(offset);
		return (index >= 0 && offset < this.ends[index]) ? Optional.ofNullable(this.names[index]) : Optional.empty();
	}

	/** An empty value takes no room, and is passed over for what follows it. */
	private int lastAt(int offset) {
		int found = Arrays.binarySearch(this.starts, offset);
		int index = (found >= 0) ? found : -found - 2;
		while (index + 1 < this.starts.length && this.starts[index + 1] <= offset) {
			index++;
		}
		return index;
	}

	/**
	 * Collects the places of values, in ascending order.
	 */
	static final class Builder {

		private int[] numbers = new int[16];

		private @Nullable String[] names = new String[4];

		private int count;

		void add(int start, int end, int sourceStart, int sourceEnd, @Nullable String name) {
			if (this.count == this.names.length) {
				this.names = Arrays.copyOf(this.names, this.count * 2);
				this.numbers = Arrays.copyOf(this.numbers, this.count * 8);
			}
			int at = this.count * 4;
			this.numbers[at] = start;
			this.numbers[at + 1] = end;
			this.numbers[at + 2] = sourceStart;
			this.numbers[at + 3] = sourceEnd;
			this.names[this.count++] = name;
		}

		SourceMap build() {
			return (this.count == 0) ? NONE
					: new SourceMap(column(0), column(1), column(2), column(3), Arrays.copyOf(this.names, this.count));
		}

		private int[] column(int column) {
			int[] values = new int[this.count];
			for (int i = 0; i < this.count; i++) {
				values[i] = this.numbers[i * 4 + column];
			}
			return values;
		}

	}

}
