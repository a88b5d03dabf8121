-- Migration: Index orders by day
-- Description: For the morning's packing list; built without blocking the shop
-- Author: Priya Raman
-- Created: 2026-04-08

CREATE INDEX CONCURRENTLY orders_placed_at_idx ON orders (placed_at) WHERE status = 'placed';
