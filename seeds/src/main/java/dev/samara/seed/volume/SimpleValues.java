package dev.samara.seed.volume;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * Values that need nothing but a row's number and chance.
 */
final class SimpleValues {

	private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");

	private SimpleValues() {
	}

	/** The same in every row. */
	record Constant(@Nullable String text) implements ColumnValues {

		@Override
		public @Nullable String value(Row row, Dice dice) {
			return this.text;
		}

	}

	/** Numbers one after the other. */
	record Sequence(long start, long step) implements ColumnValues {

		@Override
		public String value(Row row, Dice dice) {
			return Long.toString(this.start + (row.number() - 1) * this.step);
		}

	}

	/** Numbers of a range, with as many decimals as its bounds have. */
	record NumberRange(BigInteger lowest, long count, int scale) implements ColumnValues {

		@Override
		public String value(Row row, Dice dice) {
			BigInteger unscaled = this.lowest.add(BigInteger.valueOf(dice.below(this.count)));
			return new BigDecimal(unscaled, this.scale).toPlainString();
		}

	}

	/** Days of a range. */
	record DateRange(LocalDate first, long days) implements ColumnValues {

		@Override
		public String value(Row row, Dice dice) {
			return this.first.plusDays(dice.below(this.days)).toString();
		}

	}

	/** Points in time of a range, to the second, with the offset Z or without one. */
	record TimestampRange(long first, long seconds, boolean hasOffset) implements ColumnValues {

		@Override
		public String value(Row row, Dice dice) {
			LocalDateTime time = LocalDateTime.ofInstant(Instant.ofEpochSecond(this.first + dice.below(this.seconds)),
					ZoneOffset.UTC);
			return SECONDS.format(time) + (this.hasOffset ? "Z" : "");
		}

	}

	/** True with a certain share. */
	record Truth(double share) implements ColumnValues {

		@Override
		public String value(Row row, Dice dice) {
			return Boolean.toString(dice.share() < this.share);
		}

	}

	/** Random UUIDs. */
	record RandomUuid() implements ColumnValues {

		@Override
		public String value(Row row, Dice dice) {
			long high = (dice.next() & 0xFFFFFFFFFFFF0FFFL) | 0x4000L;
			long low = (dice.next() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
			return new UUID(high, low).toString();
		}

	}

	/** One of several values. */
	record Choice(List<@Nullable String> values, List<Double> upTo) implements ColumnValues {

		Choice {
			values = Collections.unmodifiableList(new ArrayList<>(values));
			upTo = List.copyOf(upTo);
		}

		@Override
		public @Nullable String value(Row row, Dice dice) {
			double wanted = dice.share() * this.upTo.get(this.upTo.size() - 1);
			int place = 0;
			while (place < this.upTo.size() - 1 && this.upTo.get(place) <= wanted) {
				place++;
			}
			return this.values.get(place);
		}

	}

}
