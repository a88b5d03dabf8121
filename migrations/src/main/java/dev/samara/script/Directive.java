package dev.samara.script;

/**
 * One {@code -- samara: key=value} of a script, or {@code -- samara: key because …}.
 *
 * @param key the key in lower case
 * @param value what follows the key and its {@code =}, without blanks around it; possibly
 * empty
 * @param place where the directive stands
 * @since 0.1.0
 */
public record Directive(String key, String value, Place place) {

}
