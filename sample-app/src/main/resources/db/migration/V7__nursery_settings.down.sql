DROP TABLE operator;
DROP TABLE opening_hours;
DROP TABLE setting;
