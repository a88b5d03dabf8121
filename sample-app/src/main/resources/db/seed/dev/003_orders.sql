-- Forty orders of the last weeks; the same ones in every run, with fresh dates.
INSERT INTO orders (number, customer_id, status, placed_at, channel)
SELECT
	'DEMO-' || lpad(n::text, 4, '0'),
	demo.ids[1 + n % cardinality(demo.ids)],
	(CASE WHEN n % 10 = 0 THEN 'cancelled' WHEN n > 12 THEN 'shipped' ELSE 'placed' END)::order_status,
	date_trunc('day', now()) - n * interval '19 hours',
	(ARRAY['counter', 'phone', 'web'])[1 + n % 3]
FROM generate_series(1, 40) AS n
CROSS JOIN (SELECT array_agg(id ORDER BY email) AS ids FROM customer WHERE email LIKE '%@example.org') AS demo
ON CONFLICT (number) DO UPDATE SET
	status = excluded.status,
	placed_at = excluded.placed_at;

INSERT INTO order_line (order_id, plant_id, quantity, unit_price_cents)
SELECT orders.id, plant.id, 1 + orders.n % 3, plant.price_cents
FROM (SELECT id, right(number, 4)::integer AS n FROM orders WHERE number LIKE 'DEMO-%' AND status <> 'draft') AS orders
JOIN (SELECT id, price_cents, row_number() OVER (ORDER BY sku) AS position FROM plant WHERE status = 'available') AS plant
	ON plant.position % 5 = orders.n % 5
ON CONFLICT (order_id, plant_id) DO UPDATE SET
	quantity = excluded.quantity,
	unit_price_cents = excluded.unit_price_cents;

-- One basket that nobody has paid for yet.
INSERT INTO orders (number, customer_id, status, channel)
SELECT 'DEMO-0041', id, 'draft', 'web' FROM customer WHERE email = 'ada.ash@example.org'
ON CONFLICT DO NOTHING;
