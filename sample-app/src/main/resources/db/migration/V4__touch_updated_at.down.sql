DROP TRIGGER plant_touch_updated_at ON plant;
DROP FUNCTION touch_updated_at();
