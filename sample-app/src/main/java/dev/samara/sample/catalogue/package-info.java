/**
 * What the nursery grows and what of it can be bought today. Knows nothing of customers
 * and orders.
 */
@NullMarked
package dev.samara.sample.catalogue;

import org.jspecify.annotations.NullMarked;
