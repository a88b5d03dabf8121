/**
 * The seed pipeline: seeds that were found are merged with their history into a status,
 * planned for an environment and a level, run and reported. Everything up to the plan is
 * pure. Knows nothing about migrations or Spring Boot.
 */
@NullMarked
package dev.samara.seed;

import org.jspecify.annotations.NullMarked;
