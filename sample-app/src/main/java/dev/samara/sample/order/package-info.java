/**
 * What customers have ordered. Takes plants from the stock by their SKU and knows nothing
 * else of the catalogue.
 */
@NullMarked
package dev.samara.sample.order;

import org.jspecify.annotations.NullMarked;
