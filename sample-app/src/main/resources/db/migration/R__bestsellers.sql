-- Migration: Bestsellers
-- Description: The ten species for the shop window
-- Author: Priya Raman
-- samara: depends-on=R:sales_by_species

-- By its name it would come before the view it reads.
CREATE OR REPLACE VIEW bestsellers AS
SELECT scientific_name, common_name, plants
FROM sales_by_species
ORDER BY plants DESC, scientific_name
LIMIT 10;
