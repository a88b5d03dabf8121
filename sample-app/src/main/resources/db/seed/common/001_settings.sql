-- What the service expects to find. The office may change a value; a new run keeps it.
INSERT INTO setting (key, value) VALUES
	('nursery.name', 'Acer Nursery'),
	('nursery.currency', 'EUR'),
	('order.max-lines', '50')
ON CONFLICT (key) DO NOTHING;
