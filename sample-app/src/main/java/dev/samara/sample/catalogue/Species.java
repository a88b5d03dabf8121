package dev.samara.sample.catalogue;

/**
 * A species with the number of its cultivars that the nursery lists.
 */
record Species(long id, String scientificName, String commonName, String family, int hardinessZone, int cultivars) {

}
