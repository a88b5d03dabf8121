-- Migration: Forget orders
-- Description: Empties the order book between two tries; where orders are real there is no such function
-- Author: Tomás Lindqvist
-- samara: environments=dev
-- samara: depends-on=customers_and_orders

CREATE OR REPLACE FUNCTION forget_orders() RETURNS bigint
	LANGUAGE sql
AS $$
	WITH forgotten AS (DELETE FROM orders RETURNING 1)
	SELECT count(*) FROM forgotten;
$$;
