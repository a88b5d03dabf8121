INSERT INTO customer (email, name) VALUES
	('private@example.com', 'Private Customer'),
	('landscaper@example.com', 'Landscape Gardening Ltd')
ON CONFLICT (lower(email)) DO UPDATE SET name = excluded.name;
