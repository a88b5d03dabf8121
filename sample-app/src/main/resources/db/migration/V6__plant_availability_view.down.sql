DROP VIEW plant_availability;
