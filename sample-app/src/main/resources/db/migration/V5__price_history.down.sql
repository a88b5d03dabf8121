DROP TRIGGER plant_remember_price ON plant;
DROP FUNCTION remember_price();
DROP TABLE price_history;
