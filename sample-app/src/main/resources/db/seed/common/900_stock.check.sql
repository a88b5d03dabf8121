-- What is sold must be on the benches, or retired.
SELECT id, sku FROM plant WHERE quantity = 0 AND status = 'propagating';
SELECT orders.id, orders.number FROM orders
WHERE status IN ('placed', 'shipped') AND NOT EXISTS (SELECT FROM order_line WHERE order_id = orders.id);
