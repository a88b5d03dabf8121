-- Migration: Order channel, step 1 of 3
-- Description: Adds the column and fills it; orders were taken at the counter only
-- Author: Tomás Lindqvist
-- Created: 2026-03-16

ALTER TABLE orders ADD COLUMN channel text;
ALTER TABLE orders ALTER COLUMN channel SET DEFAULT 'counter';

UPDATE orders SET channel = 'counter' WHERE channel IS NULL;
