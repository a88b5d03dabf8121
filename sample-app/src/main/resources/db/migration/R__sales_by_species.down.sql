DROP VIEW sales_by_species;
