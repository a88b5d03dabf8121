INSERT INTO cultivar (species_id, name)
SELECT species.id, listed.name
FROM (VALUES
	('Acer palmatum', 'Bloodgood'),
	('Acer palmatum', 'Osakazuki'),
	('Acer palmatum', 'Sango-kaku'),
	('Acer rubrum', 'October Glory'),
	('Betula utilis', 'Doorenbos'),
	('Cornus kousa', 'Milky Way'),
	('Ginkgo biloba', 'Mariken'),
	('Magnolia stellata', 'Royal Star'),
	('Hamamelis × intermedia', 'Jelena')
) AS listed (scientific_name, name)
JOIN species USING (scientific_name)
ON CONFLICT (species_id, name) DO NOTHING;
