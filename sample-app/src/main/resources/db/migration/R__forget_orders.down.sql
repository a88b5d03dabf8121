DROP FUNCTION forget_orders();
