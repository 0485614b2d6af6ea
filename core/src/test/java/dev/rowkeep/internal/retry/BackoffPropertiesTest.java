package dev.rowkeep.internal.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rowkeep.store.RetryPolicy;
import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

final class BackoffPropertiesTest {
    private static final int DRAWS = 2_000;

    @Property(tries = 20)
    void waitStaysWithinItsBoundsForAMillionAttempts(@ForAll("policies") RetryPolicy policy, @ForAll Random random) {
        Backoff backoff = new Backoff(policy, random);
        long cap = policy.maxDelay().toMillis();
        long ceiling = 0;
        for (int attempt = 1; attempt <= 1_000_000; attempt++) {
            long wait = backoff.waitMillis(attempt);
            // Not an assertion per attempt: a million of them take minutes.
            if (wait < 0 || wait > ceiling) {
                assertThat(wait).as("attempt %s of %s", attempt, policy).isBetween(0L, ceiling);
            }
            ceiling = attempt == 1 ? Math.min(cap, 2 * policy.firstDelay().toMillis()) : Math.min(cap, 2 * ceiling);
        }
    }

    @Property
    void noAttemptOverflows(
            @ForAll("policies") RetryPolicy policy,
            @ForAll @IntRange(min = 2, max = Integer.MAX_VALUE) int attempt,
            @ForAll Random random) {
        Backoff backoff = new Backoff(policy, random);

        assertThat(backoff.apply(attempt)).isBetween(0L, policy.maxDelay().toMillis());
        assertThat(backoff.apply(Integer.MAX_VALUE))
                .isBetween(0L, policy.maxDelay().toMillis());
    }

    @Property(tries = 100)
    void jitterSurvivesTheCap(@ForAll @IntRange(min = 12, max = Integer.MAX_VALUE) int attempt, @ForAll Random random) {
        Backoff backoff = new Backoff(RetryPolicy.defaults(), random);

        Set<Long> waits = new HashSet<>();
        long sum = 0;
        for (int i = 0; i < DRAWS; i++) {
            long wait = backoff.waitMillis(attempt);
            waits.add(wait);
            sum += wait;
        }

        // Drawn evenly from 5001 values: about 1650 of them in 2000 draws, around a mean of 2500.
        assertThat(waits).hasSizeGreaterThan(1_500);
        assertThat(sum / (double) DRAWS).isBetween(2_200.0, 2_800.0);
    }

    @Property(tries = 100)
    void waitsAverageNothingThenTheFirstDelayThenTwiceAsLong(@ForAll Random random) {
        Backoff backoff = new Backoff(RetryPolicy.defaults(), random);

        assertThat(mean(backoff, 1)).isZero();
        assertThat(mean(backoff, 2)).isBetween(90.0, 110.0);
        assertThat(mean(backoff, 3)).isBetween(180.0, 220.0);
        assertThat(mean(backoff, 4)).isBetween(360.0, 440.0);
    }

    @Example
    void attemptsAreCountedFromOne() {
        Backoff backoff = new Backoff(RetryPolicy.defaults(), new Random(1));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> backoff.waitMillis(0))
                .withMessageContaining("got 0");
    }

    private static double mean(Backoff backoff, int attempt) {
        long sum = 0;
        for (int i = 0; i < DRAWS; i++) {
            sum += backoff.waitMillis(attempt);
        }
        return sum / (double) DRAWS;
    }

    @Provide
    Arbitrary<RetryPolicy> policies() {
        return Combinators.combine(
                        Arbitraries.longs().between(1, 3_600_000),
                        Arbitraries.longs().between(1, 3_600_000))
                .as((one, other) -> new RetryPolicy(
                        3, Duration.ofMillis(Math.min(one, other)), Duration.ofMillis(Math.max(one, other))));
    }
}
