-- Migration: Sales by species
-- Description: What was sold and for how much; a change of this file makes the view anew
-- Author: Priya Raman
-- samara: depends-on=plant_stock, customers_and_orders

CREATE OR REPLACE VIEW sales_by_species AS
SELECT
	species.id,
	species.scientific_name,
	species.common_name,
	sum(order_line.quantity) AS plants,
	sum(order_line.total_cents) AS total_cents
FROM species
JOIN plant ON plant.species_id = species.id
JOIN order_line ON order_line.plant_id = plant.id
JOIN orders ON orders.id = order_line.order_id
WHERE orders.status IN ('placed', 'shipped')
GROUP BY species.id;
