ALTER TABLE species DROP COLUMN search;
