package dev.samara.execution;

import java.time.Duration;

import dev.samara.script.Place;

/**
 * A statement that was tried.
 *
 * @param number its number in the script, counted from 1
 * @param place where it stands
 * @param rows number of rows it changed or returned
 * @param duration time it took
 * @since 0.1.0
 */
public record StatementResult(int number, Place place, long rows, Duration duration) {

}
