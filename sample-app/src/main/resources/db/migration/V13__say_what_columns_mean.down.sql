COMMENT ON TABLE orders IS NULL;
COMMENT ON COLUMN species.hardiness_zone IS NULL;
COMMENT ON COLUMN plant.sku IS NULL;
COMMENT ON COLUMN plant.price_cents IS NULL;
COMMENT ON COLUMN order_line.unit_price_cents IS NULL;
COMMENT ON COLUMN opening_hours.day_of_week IS NULL;
