package org.flywaydb.core;

/**
 * Stands for the class of Flyway, which is recognized by its name: with the real one on
 * the class path Spring Boot would configure it in every test.
 */
public final class Flyway {

}
