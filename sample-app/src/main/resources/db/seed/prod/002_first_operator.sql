-- Somebody has to be able to invite the others. Without a password: the sign-in sends a link.
INSERT INTO operator (email, name, is_admin)
SELECT 'office@acer-nursery.example', 'Office', true
WHERE NOT EXISTS (SELECT FROM operator WHERE is_admin)
ON CONFLICT (email) DO NOTHING;
