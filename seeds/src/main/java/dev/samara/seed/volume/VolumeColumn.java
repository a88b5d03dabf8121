package dev.samara.seed.volume;

/**
 * A column that gets values.
 *
 * @param name the name
 * @param line where the file names it
 * @param values what it holds
 * @param nulls share of rows in which it is {@code NULL}
 */
record VolumeColumn(String name, int line, ColumnValues values, double nulls) {

}
