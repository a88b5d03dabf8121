INSERT INTO plant VALUES ('dev plant');
