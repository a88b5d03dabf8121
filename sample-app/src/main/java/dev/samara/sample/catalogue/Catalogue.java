package dev.samara.sample.catalogue;

import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Reads species and plants.
 */
@Repository
class Catalogue {

	private static final String SELECT_SPECIES = """
			SELECT id, scientific_name, common_name, family, hardiness_zone,
				(SELECT count(*) FROM cultivar WHERE cultivar.species_id = species.id) AS cultivars
			FROM species
			""";

	private static final String SELECT_PLANTS = """
			SELECT sku, name, pot_litres, price_cents, quantity, availability
			FROM plant_availability
			""";

	private final JdbcClient jdbc;

	Catalogue(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	List<Species> species(@Nullable String words) {
		if (words == null) {
			return this.jdbc.sql(SELECT_SPECIES + "ORDER BY scientific_name").query(Species.class).list();
		}
		return this.jdbc.sql(SELECT_SPECIES + """
				WHERE search @@ websearch_to_tsquery('simple', :words)
				ORDER BY scientific_name
				""").param("words", words).query(Species.class).list();
	}

	Optional<Species> species(long id) {
		return this.jdbc.sql(SELECT_SPECIES + "WHERE id = :id").param("id", id).query(Species.class).optional();
	}

	List<Plant> plants(@Nullable Long speciesId) {
		if (speciesId == null) {
			return this.jdbc.sql(SELECT_PLANTS + "ORDER BY sku").query(Plant.class).list();
		}
		return this.jdbc.sql(SELECT_PLANTS + "WHERE species_id = :species ORDER BY sku")
			.param("species", speciesId)
			.query(Plant.class)
			.list();
	}

}
