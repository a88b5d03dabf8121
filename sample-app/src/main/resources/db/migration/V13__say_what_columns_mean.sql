-- Migration: Say what the columns mean
-- Description: For the office, which reads the database with its own tools
-- Author: Priya Raman
-- Created: 2026-06-02

COMMENT ON TABLE orders IS 'Baskets (status draft) and orders; named in the plural because "order" is a keyword';
COMMENT ON COLUMN species.hardiness_zone IS 'Coldest USDA zone in which it survives outdoors; 1 is the coldest';
COMMENT ON COLUMN plant.sku IS 'Genus-cultivar-pot, as on the label; never reused';
COMMENT ON COLUMN plant.price_cents IS 'Price of today, tax included; earlier ones: see price_history';
COMMENT ON COLUMN order_line.unit_price_cents IS 'The price agreed on; the plant''s may have changed since';
COMMENT ON COLUMN opening_hours.day_of_week IS 'ISO: 1 is Monday; no hours mean closed';
