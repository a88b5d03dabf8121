-- Migration: Order channel, step 3 of 3
-- Description: Validates the checks while orders go on, then takes NOT NULL from the proof
-- Author: Tomás Lindqvist
-- Created: 2026-03-17

ALTER TABLE orders VALIDATE CONSTRAINT orders_channel_not_null;
ALTER TABLE orders VALIDATE CONSTRAINT orders_channel_check;

-- Does not read the table: the valid check above proves that there is no null.
ALTER TABLE orders ALTER COLUMN channel SET NOT NULL;
ALTER TABLE orders DROP CONSTRAINT orders_channel_not_null;
