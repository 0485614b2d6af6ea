package dev.rowkeep.benchmarks.harness;

import org.jspecify.annotations.Nullable;

/**
 * Whether a contender's updates are all there once.
 *
 * @param name the contender's
 * @param acknowledged how many updates it acknowledged in all rounds
 * @param loss what it holds in their place; null where they are there
 */
public record Verdict(
        String name, long acknowledged, @Nullable String loss) {}
