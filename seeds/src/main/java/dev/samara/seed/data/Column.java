package dev.samara.seed.data;

/**
 * A column of a table, as the catalogue has it.
 *
 * @param number its number, which a new name does not change
 * @param name the name
 * @param type the type as SQL writes it
 * @param kind how its values are written
 * @param hasPlainEquality whether values that are equal look the same, so that
 * {@code IS DISTINCT FROM} finds every change
 * @param isCollated whether a collation puts its values in order
 * @param isRequired whether it is {@code NOT NULL}
 * @param hasDefault whether it fills itself: default, identity or generated
 * @param isGenerated whether it is computed from others
 * @param isAlwaysIdentity whether it is {@code GENERATED ALWAYS AS IDENTITY}
 */
record Column(int number, String name, String type, ValueKind kind, boolean hasPlainEquality, boolean isCollated,
		boolean isRequired, boolean hasDefault, boolean isGenerated, boolean isAlwaysIdentity) {

}
