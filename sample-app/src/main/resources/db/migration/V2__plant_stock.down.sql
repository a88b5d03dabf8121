DROP TABLE plant;
DROP TYPE plant_status;
