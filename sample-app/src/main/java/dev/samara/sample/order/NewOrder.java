package dev.samara.sample.order;

import java.util.List;

import org.springframework.util.Assert;

/**
 * What a known customer wants to buy.
 */
record NewOrder(String email, List<Line> lines) {

	NewOrder {
		Assert.hasText(email, "'email' must not be empty");
		Assert.notEmpty(lines, "'lines' must not be empty");
		Assert.isTrue(lines.stream().map(Line::sku).distinct().count() == lines.size(),
				"'lines' must not name a plant twice");
		lines = List.copyOf(lines);
	}

	/**
	 * A number of pots of one kind.
	 */
	record Line(String sku, int quantity) {

		Line {
			Assert.hasText(sku, "'sku' must not be empty");
			Assert.isTrue(quantity > 0, "'quantity' must be positive");
		}

	}

}
