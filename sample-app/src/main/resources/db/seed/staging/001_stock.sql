-- Enough to place an order from end to end, with one plant of every availability.
INSERT INTO plant (sku, species_id, cultivar_id, pot_litres, price_cents, quantity, status)
SELECT listed.sku, species.id, cultivar.id, pot_litres, price_cents, quantity, status::plant_status
FROM (VALUES
	('ACE-BLO-05', 'Acer palmatum', 'Bloodgood', 5.0, 4900, 1000, 'available'),
	('ACE-SAN-10', 'Acer palmatum', 'Sango-kaku', 10.0, 8900, 0, 'available'),
	('BET-DOO-30', 'Betula utilis', 'Doorenbos', 30.0, 18900, 1000, 'available'),
	('GIN-MAR-05', 'Ginkgo biloba', 'Mariken', 5.0, 6900, 60, 'propagating')
) AS listed (sku, scientific_name, cultivar_name, pot_litres, price_cents, quantity, status)
JOIN species USING (scientific_name)
LEFT JOIN cultivar ON cultivar.species_id = species.id AND cultivar.name = listed.cultivar_name
ON CONFLICT (sku) DO UPDATE SET
	price_cents = excluded.price_cents,
	quantity = excluded.quantity,
	status = excluded.status;
