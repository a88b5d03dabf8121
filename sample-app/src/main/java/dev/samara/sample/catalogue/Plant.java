package dev.samara.sample.catalogue;

import java.math.BigDecimal;

/**
 * A row of the view {@code plant_availability}: one species or cultivar in one pot size.
 */
record Plant(String sku, String name, BigDecimal potLitres, int priceCents, int quantity, String availability) {

}
