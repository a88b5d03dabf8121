package dev.samara.sample.order;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * An order, or a basket while it has not been placed.
 */
record Order(long id, String number, String customer, String status, String channel, @Nullable Instant placedAt,
		List<Line> lines) {

	@JsonProperty
	int totalCents() {
		return this.lines.stream().mapToInt(Line::totalCents).sum();
	}

	/**
	 * One kind of plant in an order, at the price agreed on.
	 */
	record Line(String sku, int quantity, int unitPriceCents, int totalCents) {

	}

}
