INSERT INTO operator (email, name, is_admin) VALUES
	('dev@example.org', 'Developer', true)
ON CONFLICT (email) DO UPDATE SET name = excluded.name, is_admin = excluded.is_admin;
