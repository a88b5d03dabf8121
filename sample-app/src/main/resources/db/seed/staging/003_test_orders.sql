INSERT INTO orders (number, customer_id, status, placed_at, channel)
SELECT listed.number, customer.id, 'placed', timestamptz '2026-04-01 09:00+00', listed.channel
FROM (VALUES
	('TEST-0001', 'private@example.com', 'web'),
	('TEST-0002', 'landscaper@example.com', 'phone')
) AS listed (number, email, channel)
JOIN customer USING (email)
ON CONFLICT (number) DO UPDATE SET status = excluded.status, channel = excluded.channel;

INSERT INTO order_line (order_id, plant_id, quantity, unit_price_cents)
SELECT orders.id, plant.id, listed.quantity, plant.price_cents
FROM (VALUES
	('TEST-0001', 'ACE-BLO-05', 1),
	('TEST-0002', 'ACE-BLO-05', 20),
	('TEST-0002', 'BET-DOO-30', 5)
) AS listed (number, sku, quantity)
JOIN orders USING (number)
JOIN plant USING (sku)
ON CONFLICT (order_id, plant_id) DO UPDATE SET
	quantity = excluded.quantity,
	unit_price_cents = excluded.unit_price_cents;
