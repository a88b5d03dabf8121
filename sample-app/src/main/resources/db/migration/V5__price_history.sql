-- Migration: Price history
-- Description: Every price a plant ever had, written by a trigger
-- Author: Tomás Lindqvist
-- Created: 2026-02-17

CREATE TABLE price_history (
	id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	plant_id    bigint NOT NULL REFERENCES plant ON DELETE CASCADE,
	price_cents integer NOT NULL,
	valid_from  timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX price_history_plant_id_valid_from_idx ON price_history (plant_id, valid_from DESC);

CREATE FUNCTION remember_price() RETURNS trigger
	LANGUAGE plpgsql
AS $remember$
BEGIN
	IF TG_OP = 'INSERT' OR NEW.price_cents <> OLD.price_cents THEN
		INSERT INTO price_history (plant_id, price_cents) VALUES (NEW.id, NEW.price_cents);
	END IF;
	RETURN NULL; -- an AFTER trigger's result is ignored; the row stays as it is
END;
$remember$;

CREATE TRIGGER plant_remember_price
	AFTER INSERT OR UPDATE OF price_cents ON plant
	FOR EACH ROW
	EXECUTE FUNCTION remember_price();

-- Plants that are older than this table start with the price they have today.
INSERT INTO price_history (plant_id, price_cents, valid_from)
SELECT id, price_cents, created_at FROM plant;
