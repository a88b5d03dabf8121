DROP TABLE cultivar;
DROP TABLE species;
