package dev.samara.sample.catalogue;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

@RestController
class CatalogueController {

	private final Catalogue catalogue;

	CatalogueController(Catalogue catalogue) {
		this.catalogue = catalogue;
	}

	@GetMapping("/species")
	List<Species> species(@RequestParam(name = "q", required = false) @Nullable String words) {
		return this.catalogue.species(words);
	}

	@GetMapping("/species/{id}")
	Species species(@PathVariable long id) {
		return this.catalogue.species(id)
			.orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "No species has the id " + id));
	}

	@GetMapping("/plants")
	List<Plant> plants(@RequestParam(name = "species", required = false) @Nullable Long speciesId) {
		return this.catalogue.plants(speciesId);
	}

}
