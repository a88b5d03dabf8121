ALTER TABLE orders ADD CONSTRAINT orders_channel_not_null CHECK (channel IS NOT NULL) NOT VALID;
ALTER TABLE orders ALTER COLUMN channel DROP NOT NULL;

-- What was validated cannot be made unvalidated, only made anew.
ALTER TABLE orders DROP CONSTRAINT orders_channel_check;
ALTER TABLE orders ADD CONSTRAINT orders_channel_check CHECK (channel IN ('counter', 'phone', 'web')) NOT VALID;
