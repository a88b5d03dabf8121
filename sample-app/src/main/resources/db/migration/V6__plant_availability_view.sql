-- Migration: Plant availability
-- Description: The one list that shop, telephone and REST answer from

CREATE VIEW plant_availability AS
SELECT
	plant.id,
	plant.sku,
	plant.species_id,
	species.scientific_name || coalesce(' ''' || cultivar.name || '''', '') AS name,
	plant.pot_litres,
	plant.price_cents,
	plant.quantity,
	CASE
		WHEN plant.status = 'available' AND plant.quantity = 0 THEN 'sold out'
		ELSE plant.status::text
	END AS availability
FROM plant
JOIN species ON species.id = plant.species_id
LEFT JOIN cultivar ON cultivar.id = plant.cultivar_id
WHERE plant.status <> 'retired';
