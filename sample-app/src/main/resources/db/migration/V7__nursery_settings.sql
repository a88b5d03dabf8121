-- Migration: Nursery settings
-- Description: Opening hours, operators and what else the office wants to change itself
-- Author: Priya Raman
-- Created: 2026-03-02

-- Written for psql first, hence its own transaction. Samara runs it inside the one it has
-- already, together with the row in its history.
BEGIN;

CREATE TABLE setting (
	key   text PRIMARY KEY CHECK (key ~ '^[a-z]+([.-][a-z]+)*$'),
	value text NOT NULL
);

CREATE TABLE opening_hours (
	day_of_week smallint PRIMARY KEY CHECK (day_of_week BETWEEN 1 AND 7),
	opens       time,
	closes      time,
	CONSTRAINT opening_hours_order_check CHECK (opens < closes),
	CONSTRAINT opening_hours_both_or_none_check CHECK ((opens IS NULL) = (closes IS NULL))
);

CREATE TABLE operator (
	id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	email      text NOT NULL UNIQUE,
	name       text NOT NULL,
	is_admin   boolean NOT NULL DEFAULT false,
	created_at timestamptz NOT NULL DEFAULT now()
);

COMMIT;
