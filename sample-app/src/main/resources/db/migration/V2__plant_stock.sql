-- Migration: Plant stock
-- Description: What stands on the benches, pot by pot size
-- Author: Ines Okafor
-- Created: 2026-01-14

CREATE TYPE plant_status AS ENUM ('propagating', 'available', 'retired');

CREATE TABLE plant (
	id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	sku         text NOT NULL,
	species_id  bigint NOT NULL REFERENCES species,
	cultivar_id bigint,
	pot_litres  numeric(4, 1) NOT NULL,
	price_cents integer NOT NULL,
	quantity    integer NOT NULL DEFAULT 0,
	status      plant_status NOT NULL DEFAULT 'propagating',
	created_at  timestamptz NOT NULL DEFAULT now(),
	updated_at  timestamptz NOT NULL DEFAULT now(),
	CONSTRAINT plant_sku_key UNIQUE (sku),
	CONSTRAINT plant_sku_check CHECK (sku ~ '^[A-Z]{3}-[A-Z0-9]{3}-[0-9]{2}$'),
	CONSTRAINT plant_cultivar_fkey FOREIGN KEY (species_id, cultivar_id) REFERENCES cultivar (species_id, id),
	CONSTRAINT plant_pot_litres_check CHECK (pot_litres > 0),
	CONSTRAINT plant_price_cents_check CHECK (price_cents > 0),
	CONSTRAINT plant_quantity_check CHECK (quantity >= 0)
);

CREATE INDEX plant_species_id_cultivar_id_idx ON plant (species_id, cultivar_id);
