package dev.samara.migration;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The history as one query has read it.
 *
 * @param exists whether the history table is there
 * @param environment the environment the database remembers, or {@code null}
 * @param entries the entries by ascending id
 */
record HistorySnapshot(boolean exists, @Nullable String environment, List<HistoryEntry> entries) {

}
