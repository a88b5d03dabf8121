package dev.samara.script;

/**
 * One {@code -- samara: key=value} of a script.
 *
 * @param key the key in lower case
 * @param value the value as written, without blanks around it; empty if there is no
 * {@code =}
 * @param place where the directive stands
 * @since 0.1.0
 */
public record Directive(String key, String value, Place place) {

}
