package dev.rowkeep.edit;

import dev.rowkeep.merge.MergeRule;
import org.jspecify.annotations.Nullable;

/**
 * One cell that two writers changed and a rule decided.
 *
 * @param column the column's name
 * @param rule the rule that decided
 * @param base the value both started from
 * @param mine the value that the edit wanted
 * @param theirs the value that was there
 * @param merged the value that was written
 */
public record MergedCell(
        String column,
        MergeRule rule,
        @Nullable Object base,
        @Nullable Object mine,
        @Nullable Object theirs,
        @Nullable Object merged) {}
