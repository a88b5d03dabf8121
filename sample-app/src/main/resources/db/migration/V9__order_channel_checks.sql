-- Migration: Order channel, step 2 of 3
-- Description: Checks for new rows only, so that the table is locked for a moment
-- Author: Tomás Lindqvist
-- Created: 2026-03-16

ALTER TABLE orders
	ADD CONSTRAINT orders_channel_not_null CHECK (channel IS NOT NULL) NOT VALID,
	ADD CONSTRAINT orders_channel_check CHECK (channel IN ('counter', 'phone', 'web')) NOT VALID;
