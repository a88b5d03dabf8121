INSERT INTO plant VALUES ('acer');
