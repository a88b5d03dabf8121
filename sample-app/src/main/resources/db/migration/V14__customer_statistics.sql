-- Migration: Customer statistics
-- Description: What each customer has ordered so far, for the page that greets them
-- Author: Priya Raman
-- Created: 2026-06-16

CREATE TABLE customer_statistics (
	customer_id bigint PRIMARY KEY REFERENCES customer ON DELETE CASCADE,
	orders      integer NOT NULL CHECK (orders >= 0),
	spent_cents bigint NOT NULL CHECK (spent_cents >= 0),
	favourite   text
);

COMMENT ON COLUMN customer_statistics.favourite IS 'The species of most plants; none as long as nothing was ordered';
