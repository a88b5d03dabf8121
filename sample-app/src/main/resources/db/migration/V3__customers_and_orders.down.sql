DROP TABLE order_line;
DROP TABLE orders;
DROP TABLE customer;
DROP TYPE order_status;
