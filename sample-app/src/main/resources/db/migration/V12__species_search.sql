-- Migration: Search species
-- Description: Full text over both names and the family, kept by the database
-- Author: Ines Okafor
-- Created: 2026-05-11

-- Rewrites the table, which is fine for a few hundred species.
ALTER TABLE species ADD COLUMN search tsvector NOT NULL
	GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, scientific_name || ' ' || common_name || ' ' || family)) STORED;

CREATE INDEX species_search_idx ON species USING gin (search);
