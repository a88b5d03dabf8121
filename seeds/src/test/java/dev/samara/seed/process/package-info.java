/**
 * Programs that seed, each a process of its own: killed in the middle, and many at once.
 */
package dev.samara.seed.process;
