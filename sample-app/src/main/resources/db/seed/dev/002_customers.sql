-- The domain example.org is reserved: no message to a demo customer reaches anybody.
INSERT INTO customer (email, name)
SELECT lower(first_name) || '.' || lower(last_name) || '@example.org', first_name || ' ' || last_name
FROM unnest(ARRAY['Ada', 'Bruno', 'Chiara', 'Deniz']) AS first_name
CROSS JOIN unnest(ARRAY['Ash', 'Birch', 'Cedar']) AS last_name
ON CONFLICT (lower(email)) DO UPDATE SET name = excluded.name;
