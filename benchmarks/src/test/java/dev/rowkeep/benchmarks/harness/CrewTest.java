package dev.rowkeep.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class CrewTest {
    @Test
    void operationsOfAllThreadsAreCounted() throws Exception {
        Sample sample = new Crew("pair", List.of(() -> 3, () -> 5), Effort.operations(15)).run();

        assertThat(sample.operations()).isEqualTo(15 + 15);
        assertThat(sample.nanos()).isPositive();
    }

    @Test
    void anExceptionInOneThreadStopsAllAndFailsTheRound() {
        RuntimeException cause = new IllegalArgumentException("disk on fire");
        Work failing = () -> {
            throw cause;
        };

        assertThatThrownBy(() -> new Crew("pair", List.of(failing, () -> 1), Effort.seconds(60)).run())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("pair failed")
                .hasCause(cause);
    }

    @Test
    void aFailureWhileFinishingFailsTheRound() {
        Work failing = new Work() {
            @Override
            public int run() {
                return 1;
            }

            @Override
            public void finish() {
                throw new IllegalStateException("an update in flight failed");
            }
        };

        assertThatThrownBy(() -> new Crew("async", List.of(failing), Effort.operations(1)).run())
                .hasMessageContaining("an update in flight failed");
    }

    @Test
    void preparingAndTidyingHappenOnceARound() throws Exception {
        AtomicInteger prepared = new AtomicInteger();
        AtomicInteger tidied = new AtomicInteger();
        Work work = new Work() {
            @Override
            public void prepare() {
                prepared.incrementAndGet();
            }

            @Override
            public int run() {
                return 1;
            }

            @Override
            public void tidy() {
                tidied.incrementAndGet();
            }
        };

        new Crew("one", List.of(work), Effort.operations(100)).run();

        assertThat(prepared).hasValue(1);
        assertThat(tidied).hasValue(1);
    }
}
