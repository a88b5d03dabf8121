package dev.samara.seed.volume;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

import dev.samara.seed.volume.SimpleValues.DateRange;
import dev.samara.seed.volume.SimpleValues.NumberRange;
import dev.samara.seed.volume.SimpleValues.TimestampRange;
import dev.samara.seed.volume.YamlPlaces.Pair;

/**
 * Reads ranges. Both bounds belong to them.
 */
final class RangeReader {

	private static final String NUMBERS = "[1, 10], or [0.00, 99.99] for two decimals";

	private static final String DATES = "[2026-01-01, 2026-12-31]";

	private static final String TIMESTAMPS = "[2026-01-01T00:00:00Z, 2026-12-31T23:59:59Z], or both without an offset";

	private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

	private RangeReader() {
	}

	static @Nullable ColumnValues numbers(YamlPlaces yaml, Node node) {
		Pair pair = yaml.pair(node, NUMBERS);
		if (pair == null) {
			return null;
		}
		try {
			BigDecimal low = new BigDecimal(pair.low());
			BigDecimal high = new BigDecimal(pair.high());
			int scale = Math.max(Math.max(low.scale(), high.scale()), 0);
			if (scale <= 100 && low.precision() - low.scale() <= 100 && high.precision() - high.scale() <= 100) {
				BigInteger lowest = low.setScale(scale).unscaledValue();
				BigInteger count = high.setScale(scale).unscaledValue().subtract(lowest).add(BigInteger.ONE);
				if (count.signum() > 0 && count.compareTo(MOST) <= 0) {
					return new NumberRange(lowest, count.longValueExact(), scale);
				}
			}
		}
		catch (NumberFormatException ex) {
			// Told below.
		}
		return refuse(yaml, node, "a range of numbers", NUMBERS);
	}

	static @Nullable ColumnValues dates(YamlPlaces yaml, Node node) {
		Pair pair = yaml.pair(node, DATES);
		if (pair == null) {
			return null;
		}
		try {
			LocalDate first = LocalDate.parse(pair.low());
			long days = LocalDate.parse(pair.high()).toEpochDay() - first.toEpochDay() + 1;
			if (days > 0) {
				return new DateRange(first, days);
			}
		}
		catch (DateTimeException ex) {
			// Told below.
		}
		return refuse(yaml, node, "a range of days", DATES);
	}

	static @Nullable ColumnValues timestamps(YamlPlaces yaml, Node node) {
		Pair pair = yaml.pair(node, TIMESTAMPS);
		if (pair == null) {
			return null;
		}
		try {
			boolean hasOffset = !isLocal(pair.low());
			long first = seconds(pair.low(), hasOffset);
			long count = seconds(pair.high(), hasOffset) - first + 1;
			if (count > 0) {
				return new TimestampRange(first, count, hasOffset);
			}
		}
		catch (DateTimeException ex) {
			// Told below.
		}
		return refuse(yaml, node, "a range of points in time", TIMESTAMPS);
	}

	private static boolean isLocal(String text) {
		try {
			LocalDateTime.parse(text);
			return true;
		}
		catch (DateTimeException ex) {
			return false;
		}
	}

	private static long seconds(String text, boolean hasOffset) {
		return hasOffset ? OffsetDateTime.parse(text).toEpochSecond()
				: LocalDateTime.parse(text).toEpochSecond(ZoneOffset.UTC);
	}

	private static @Nullable ColumnValues refuse(YamlPlaces yaml, Node node, String what, String example) {
		yaml.add(node, "This is not " + what + ", the lowest first", "Write " + example + ".");
		return null;
	}

}
