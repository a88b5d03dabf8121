INSERT INTO plant (sku, species_id, cultivar_id, pot_litres, price_cents, quantity, status)
SELECT listed.sku, species.id, cultivar.id, pot_litres, price_cents, quantity, status::plant_status
FROM (VALUES
	('ACE-BLO-05', 'Acer palmatum', 'Bloodgood', 5.0, 4900, 40, 'available'),
	('ACE-BLO-15', 'Acer palmatum', 'Bloodgood', 15.0, 12900, 12, 'available'),
	('ACE-OSA-05', 'Acer palmatum', 'Osakazuki', 5.0, 5400, 25, 'available'),
	('ACE-SAN-10', 'Acer palmatum', 'Sango-kaku', 10.0, 8900, 0, 'available'),
	('ACE-GRI-10', 'Acer griseum', NULL, 10.0, 9900, 8, 'available'),
	('ACE-OCT-30', 'Acer rubrum', 'October Glory', 30.0, 21900, 4, 'available'),
	('BET-DOO-30', 'Betula utilis', 'Doorenbos', 30.0, 18900, 10, 'available'),
	('COR-MIL-10', 'Cornus kousa', 'Milky Way', 10.0, 7900, 18, 'available'),
	('GIN-MAR-05', 'Ginkgo biloba', 'Mariken', 5.0, 6900, 60, 'propagating'),
	('MAG-ROY-05', 'Magnolia stellata', 'Royal Star', 5.0, 4500, 33, 'available'),
	('HAM-JEL-05', 'Hamamelis × intermedia', 'Jelena', 5.0, 5200, 21, 'available'),
	('QUE-ROB-02', 'Quercus robur', NULL, 2.0, 1200, 0, 'retired')
) AS listed (sku, scientific_name, cultivar_name, pot_litres, price_cents, quantity, status)
JOIN species USING (scientific_name)
LEFT JOIN cultivar ON cultivar.species_id = species.id AND cultivar.name = listed.cultivar_name
ON CONFLICT (sku) DO UPDATE SET
	price_cents = excluded.price_cents,
	quantity = excluded.quantity,
	status = excluded.status;
