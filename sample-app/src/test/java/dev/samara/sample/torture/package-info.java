/**
 * The application under torture: real processes, a real server and a network between
 * them, any of which may fail at any moment, and a model that knows what must hold
 * afterwards all the same. CONTRIBUTING.md says how to run it for long.
 */
package dev.samara.sample.torture;
