-- Migration: Species and cultivars
-- Description: What the nursery can grow, by botanical name
-- Author: Ines Okafor
-- Created: 2026-01-12

CREATE TABLE species (
	id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	scientific_name text NOT NULL,
	common_name     text NOT NULL,
	family          text NOT NULL,
	hardiness_zone  smallint NOT NULL,
	CONSTRAINT species_scientific_name_key UNIQUE (scientific_name),
	CONSTRAINT species_scientific_name_check CHECK (scientific_name ~ '^[A-Z][a-z]+ (× )?[a-z-]+$'),
	CONSTRAINT species_hardiness_zone_check CHECK (hardiness_zone BETWEEN 1 AND 13)
);

CREATE TABLE cultivar (
	id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	species_id bigint NOT NULL REFERENCES species,
	name       text NOT NULL CHECK (name <> ''),
	CONSTRAINT cultivar_species_id_name_key UNIQUE (species_id, name),
	-- Lets a plant refer to species and cultivar together, so that they always fit.
	CONSTRAINT cultivar_species_id_id_key UNIQUE (species_id, id)
);
