-- samara: level=essential

-- Species that are offered but not grown here. Production gets this list from the
-- wholesaler, so its minimal level leaves it out.
INSERT INTO species (scientific_name, common_name, family, hardiness_zone) VALUES
	('Acer campestre', 'Field maple', 'Sapindaceae', 5),
	('Acer platanoides', 'Norway maple', 'Sapindaceae', 3),
	('Amelanchier lamarckii', 'Juneberry', 'Rosaceae', 4),
	('Carpinus betulus', 'European hornbeam', 'Betulaceae', 5),
	('Cercidiphyllum japonicum', 'Katsura', 'Cercidiphyllaceae', 4),
	('Davidia involucrata', 'Handkerchief tree', 'Nyssaceae', 6),
	('Liquidambar styraciflua', 'Sweetgum', 'Altingiaceae', 5),
	('Malus sylvestris', 'Crab apple', 'Rosaceae', 4),
	('Parrotia persica', 'Persian ironwood', 'Hamamelidaceae', 4),
	('Prunus serrula', 'Tibetan cherry', 'Rosaceae', 5),
	('Quercus robur', 'Pedunculate oak', 'Fagaceae', 4),
	('Tilia cordata', 'Small-leaved lime', 'Malvaceae', 3)
ON CONFLICT (scientific_name) DO UPDATE SET
	common_name = excluded.common_name,
	family = excluded.family,
	hardiness_zone = excluded.hardiness_zone;
