-- Migration: Customers and orders
-- Description: Who buys what; a customer has one basket, which is an order in status draft
-- Author: Tomás Lindqvist
-- Created: 2026-01-20

CREATE TYPE order_status AS ENUM ('draft', 'placed', 'shipped', 'cancelled');

CREATE SEQUENCE order_number_seq START WITH 1001;

CREATE TABLE customer (
	id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	email      text NOT NULL CHECK (email LIKE '_%@_%'),
	name       text NOT NULL,
	created_at timestamptz NOT NULL DEFAULT now()
);

CREATE UNIQUE INDEX customer_email_key ON customer (lower(email));

CREATE TABLE orders (
	id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	number      text NOT NULL DEFAULT 'AN-' || nextval('order_number_seq'),
	customer_id bigint NOT NULL REFERENCES customer,
	status      order_status NOT NULL DEFAULT 'draft',
	placed_at   timestamptz,
	CONSTRAINT orders_number_key UNIQUE (number),
	CONSTRAINT orders_placed_at_check CHECK (status = 'draft' OR placed_at IS NOT NULL)
);

ALTER SEQUENCE order_number_seq OWNED BY orders.number;

CREATE INDEX orders_customer_id_idx ON orders (customer_id);
CREATE UNIQUE INDEX orders_one_draft_per_customer_key ON orders (customer_id) WHERE status = 'draft';

CREATE TABLE order_line (
	order_id         bigint NOT NULL REFERENCES orders ON DELETE CASCADE,
	plant_id         bigint NOT NULL REFERENCES plant,
	quantity         integer NOT NULL CHECK (quantity > 0),
	unit_price_cents integer NOT NULL CHECK (unit_price_cents > 0),
	total_cents      integer GENERATED ALWAYS AS (quantity * unit_price_cents) STORED,
	PRIMARY KEY (order_id, plant_id)
);

CREATE INDEX order_line_plant_id_idx ON order_line (plant_id);
