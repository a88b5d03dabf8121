INSERT INTO species (scientific_name, common_name, family, hardiness_zone) VALUES
	('Acer palmatum', 'Japanese maple', 'Sapindaceae', 5),
	('Acer griseum', 'Paperbark maple', 'Sapindaceae', 4),
	('Acer rubrum', 'Red maple', 'Sapindaceae', 3),
	('Betula utilis', 'Himalayan birch', 'Betulaceae', 5),
	('Cornus kousa', 'Kousa dogwood', 'Cornaceae', 5),
	('Ginkgo biloba', 'Maidenhair tree', 'Ginkgoaceae', 4),
	('Magnolia stellata', 'Star magnolia', 'Magnoliaceae', 4),
	('Hamamelis × intermedia', 'Hybrid witch hazel', 'Hamamelidaceae', 5)
ON CONFLICT (scientific_name) DO UPDATE SET
	common_name = excluded.common_name,
	family = excluded.family,
	hardiness_zone = excluded.hardiness_zone;
