package dev.samara.sample.order;

import java.net.IDN;
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
		email = withAsciiDomain(email);
		lines = List.copyOf(lines);
	}

	/** As {@link V15__AsciiEmailDomains} has written those of all customers. */
	private static String withAsciiDomain(String email) {
		int at = email.lastIndexOf('@');
		return email.substring(0, at + 1) + IDN.toASCII(email.substring(at + 1));
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
