package dev.samara.sample.order;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.server.ResponseStatusException;

/**
 * Reads orders and places them.
 */
@Repository
class Orders {

	private static final String SELECT_ORDER = """
			SELECT orders.id, number, email, status, channel, placed_at
			FROM orders
			JOIN customer ON customer.id = orders.customer_id
			WHERE orders.id = :id
			""";

	private static final String SELECT_LINES = """
			SELECT sku, order_line.quantity, unit_price_cents, total_cents
			FROM order_line
			JOIN plant ON plant.id = order_line.plant_id
			WHERE order_id = :id
			ORDER BY sku
			""";

	private static final String INSERT_ORDER = """
			INSERT INTO orders (customer_id, status, placed_at, channel)
			SELECT id, 'placed', now(), 'web' FROM customer WHERE lower(email) = lower(:email)
			RETURNING id
			""";

	private static final String INSERT_LINE = """
			WITH taken AS (
				UPDATE plant SET quantity = quantity - :quantity
				WHERE sku = :sku AND status = 'available' AND quantity >= :quantity
				RETURNING id, price_cents
			)
			INSERT INTO order_line (order_id, plant_id, quantity, unit_price_cents)
			SELECT :order, id, :quantity, price_cents FROM taken
			""";

	private final JdbcClient jdbc;

	Orders(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	Optional<Order> find(long id) {
		List<Order.Line> lines = this.jdbc.sql(SELECT_LINES).param("id", id).query(Order.Line.class).list();
		return this.jdbc.sql(SELECT_ORDER)
			.param("id", id)
			.query((row, index) -> new Order(row.getLong("id"), row.getString("number"), row.getString("email"),
					row.getString("status"), row.getString("channel"),
					toInstant(row.getObject("placed_at", OffsetDateTime.class)), lines))
			.optional();
	}

	/**
	 * Takes the plants from the stock and returns the order's id; all or nothing.
	 */
	@Transactional
	long place(NewOrder order) {
		long id = this.jdbc.sql(INSERT_ORDER)
			.param("email", order.email())
			.query(Long.class)
			.optional()
			.orElseThrow(() -> new ResponseStatusException(HttpStatus.UNPROCESSABLE_CONTENT,
					"No customer has the address " + order.email()));
		// Always in the same order, so that two orders never wait for each other's
		// plants.
		order.lines().stream().sorted(Comparator.comparing(NewOrder.Line::sku)).forEach((line) -> add(id, line));
		return id;
	}

	private void add(long id, NewOrder.Line line) {
		int added = this.jdbc.sql(INSERT_LINE)
			.param("order", id)
			.param("sku", line.sku())
			.param("quantity", line.quantity())
			.update();
		if (added == 0) {
			throw new ResponseStatusException(HttpStatus.CONFLICT,
					"There are no " + line.quantity() + " of " + line.sku() + " in stock");
		}
	}

	private static @Nullable Instant toInstant(@Nullable OffsetDateTime time) {
		return (time != null) ? time.toInstant() : null;
	}

}
