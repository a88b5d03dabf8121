-- A start only: the office changes the hours with the season, and a new run keeps theirs.
INSERT INTO opening_hours (day_of_week, opens, closes) VALUES
	(1, NULL, NULL),
	(2, '09:00', '18:00'),
	(3, '09:00', '18:00'),
	(4, '09:00', '18:00'),
	(5, '09:00', '19:00'),
	(6, '08:00', '16:00'),
	(7, NULL, NULL)
ON CONFLICT (day_of_week) DO NOTHING;
