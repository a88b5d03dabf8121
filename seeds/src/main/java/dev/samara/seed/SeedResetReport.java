package dev.samara.seed;

/**
 * What a reset has come to.
 *
 * @param cleared what was taken back
 * @param seeded what was applied after it
 * @since 0.1.0
 */
public record SeedResetReport(SeedRollbackReport cleared, SeedReport seeded) {

}
