-- Migration: Keep updated_at true
-- Description: Stock is edited by hand at times, so the database keeps the time itself
-- Author: Ines Okafor
-- Created: 2026-02-03

CREATE FUNCTION touch_updated_at() RETURNS trigger
	LANGUAGE plpgsql
AS $$
BEGIN
	NEW.updated_at := now();
	RETURN NEW;
END;
$$;

CREATE TRIGGER plant_touch_updated_at
	BEFORE UPDATE ON plant
	FOR EACH ROW
	WHEN (OLD.* IS DISTINCT FROM NEW.*)
	EXECUTE FUNCTION touch_updated_at();
