DROP TABLE customer_statistics;
