package dev.samara.sample.order;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.samara.seed.ReversibleSeeder;
import dev.samara.seed.SeedContext;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Seeds the statistics of the customers that other seeds have put in, from their orders.
 * In production they begin empty and grow with the orders.
 */
@Component
class CustomerStatistics implements ReversibleSeeder {

	private static final String LINES = """
			SELECT customer.id, line.quantity, line.unit_price_cents, species.common_name, line.order_id
			FROM customer
			LEFT JOIN orders ON orders.customer_id = customer.id AND orders.status IN ('placed', 'shipped')
			LEFT JOIN order_line line ON line.order_id = orders.id
			LEFT JOIN plant ON plant.id = line.plant_id
			LEFT JOIN species ON species.id = plant.species_id
			ORDER BY customer.id, line.order_id
			""";

	private static final String SAVE = """
			INSERT INTO customer_statistics (customer_id, orders, spent_cents, favourite) VALUES (?, ?, ?, ?)
			ON CONFLICT (customer_id) DO UPDATE SET
				orders = excluded.orders,
				spent_cents = excluded.spent_cents,
				favourite = excluded.favourite
			""";

	@Override
	public String name() {
		return "010_customer_statistics";
	}

	@Override
	public List<String> environments() {
		return List.of("dev", "staging");
	}

	@Override
	public void seed(SeedContext context) {
		Map<Long, Tally> tallies = new HashMap<>();
		context.jdbc().query(LINES, (row) -> {
			Tally tally = tallies.computeIfAbsent(row.getLong("id"), (id) -> new Tally());
			if (row.getObject("order_id") != null) {
				tally.add(row.getLong("order_id"), row.getInt("quantity"), row.getInt("unit_price_cents"),
						row.getString("common_name"));
			}
		});
		List<Object[]> rows = tallies.entrySet().stream().map((entry) -> entry.getValue().row(entry.getKey())).toList();
		context.jdbc().batchUpdate(SAVE, rows);
		context.addRows(rows.size());
	}

	@Override
	public void rollback(SeedContext context) {
		context.addRows(context.jdbc().update("DELETE FROM customer_statistics"));
	}

	/**
	 * The orders of one customer. Lines come order by order.
	 */
	private static final class Tally {

		private final Map<String, Integer> plants = new HashMap<>();

		private int orders;

		private long spentCents;

		private long order;

		void add(long order, int quantity, int unitPriceCents, String species) {
			this.orders += (order != this.order) ? 1 : 0;
			this.order = order;
			this.spentCents += (long) quantity * unitPriceCents;
			this.plants.merge(species, quantity, Integer::sum);
		}

		Object[] row(long customer) {
			return new Object[] { customer, this.orders, this.spentCents, favourite() };
		}

		private @Nullable String favourite() {
			return this.plants.entrySet()
				.stream()
				.max(Map.Entry.<String, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
				.map(Map.Entry::getKey)
				.orElse(null);
		}

	}

}
