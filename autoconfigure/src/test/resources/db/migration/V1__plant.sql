CREATE TABLE plant (name text);
