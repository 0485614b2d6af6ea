package dev.rowkeep.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

final class LatenciesTest {
    private static final double BUCKET_WIDTH = 1.0 / 32;

    @Property(tries = 200)
    void percentilesAreWithinOneBucketAndNeverAboveTheSlowest(
            @ForAll @Size(min = 1, max = 300) List<@LongRange(min = 0, max = 4_000_000_000_000L) Long> nanos,
            @ForAll @net.jqwik.api.constraints.DoubleRange(min = 0, max = 1) double share) {
        Latencies latencies = new Latencies();
        nanos.forEach(latencies::add);

        long exact = nanos.stream().sorted().toList().get((int) Math.max(1, Math.ceil(share * nanos.size())) - 1);

        assertThat(latencies.nanosAt(share))
                .isBetween(exact, (long) (exact * (1 + BUCKET_WIDTH)))
                .isLessThanOrEqualTo(latencies.slowestNanos());
    }

    @Property(tries = 50)
    void addingAllIsAddingEach(
            @ForAll @Size(min = 1, max = 50) List<@LongRange(min = 0, max = 1_000_000) Long> some,
            @ForAll @Size(min = 1, max = 50) List<@LongRange(min = 0, max = 1_000_000) Long> more) {
        Latencies together = new Latencies();
        some.forEach(together::add);
        more.forEach(together::add);
        Latencies first = new Latencies();
        some.forEach(first::add);
        Latencies second = new Latencies();
        more.forEach(second::add);

        first.addAll(second);

        assertThat(first.nanosAt(0.5)).isEqualTo(together.nanosAt(0.5));
        assertThat(first.slowestNanos()).isEqualTo(together.slowestNanos());
    }
}
