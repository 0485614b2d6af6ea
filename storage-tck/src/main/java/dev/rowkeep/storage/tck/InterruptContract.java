package dev.rowkeep.storage.tck;

import static dev.rowkeep.spi.StorageException.Kind.STALE;
import static dev.rowkeep.storage.tck.Stores.COUNTERS;
import static dev.rowkeep.storage.tck.Stores.ITEMS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.rowkeep.query.Condition;
import dev.rowkeep.schema.Column;
import dev.rowkeep.spi.Storage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** An interrupt does no harm: the call finishes, and the thread stays interrupted. */
abstract class InterruptContract extends ContractTests {
    InterruptContract(StorageFixture fixture) {
        super(fixture, ITEMS, COUNTERS);
    }

    @BeforeEach
    final void fill() {
        commit(draft -> draft.put(ITEMS, "a", "anvil", "A", 1L).put(COUNTERS, 1L, 1L));
        commit(draft -> draft.put(ITEMS, "a", "anvil", "B", 2L).put(ITEMS, "b", "bolt", null, null));
    }

    @TestFactory
    Stream<DynamicTest> anInterruptedThreadReads() {
        Map<String, Function<Storage, Object>> reads = new LinkedHashMap<>();
        reads.put("read", s -> Transcript.of(s.read(ITEMS, "a")));
        reads.put("readAll", s -> s.readAll(ITEMS, List.of("a", "b", "c")).size());
        reads.put("scan", s -> keys(Transcript.drain(s.scan(ITEMS, Transcript.everything(ITEMS)))));
        reads.put("count", s -> s.count(ITEMS, Condition.everything()));
        reads.put("head", s -> Transcript.of(s.head()));
        reads.put("layouts", Storage::layouts);
        reads.put("commitsAfter", s -> s.commitsAfter(0, 10).size());
        reads.put("versions", s -> s.versions(ITEMS, "a", 9, 1).size());
        reads.put("versionAt", s -> s.versionAt(ITEMS, "a", 1));
        reads.put("sequenceAt", s -> s.sequenceAt(Long.MAX_VALUE));
        reads.put("check", Storage::check);
        reads.put("recover", s -> Transcript.of(s.recover()));
        return reads.entrySet().stream()
                .map(read -> dynamicTest(read.getKey(), () -> {
                    Object expected = read.getValue().apply(storage());
                    Object[] found = new Object[1];
                    assertStaysInterrupted(() -> found[0] = read.getValue().apply(storage()));
                    assertThat(found[0]).isEqualTo(expected);
                    assertThat(read.getValue().apply(storage())).isEqualTo(expected);
                }));
    }

    @Test
    void anInterruptedThreadCommits() {
        assertStaysInterrupted(() -> assertHolds(commit(draft -> draft.put(ITEMS, "a", "anvil", "C", 3L))));
        assertLive(ITEMS, "a", 3, "anvil", "C", 3L);
        assertUnchanged(() -> bench().reopen());
    }

    @Test
    void anInterruptedThreadIsRefused() {
        assertStaysInterrupted(() ->
                assertRefused(STALE, draft -> draft.standingOn(ITEMS, "a", null).put(ITEMS, "a", null, null, null)));
    }

    @Test
    void anInterruptedThreadInstalls() {
        assertStaysInterrupted(() -> storage().install(Stores.withColumn(COUNTERS, Column.text("unit"))));
        assertThat(storage().layouts()).hasSize(2).doesNotContain(COUNTERS);
    }

    @Test
    void anInterruptedThreadReopens() {
        assertUnchanged(() -> assertStaysInterrupted(() -> bench().reopen()));
    }

    @Test
    void anInterruptDuringTheDecisionDoesNoHarm() {
        assertStaysInterrupted(() -> {
            Thread.interrupted();
            commit(draft -> {
                draft.put(COUNTERS, 1L, 2L);
                Thread.currentThread().interrupt();
            });
        });
        assertLive(COUNTERS, 1L, 2, 2L);
        assertUnchanged(() -> bench().reopen());
    }

    @Test
    void aHailOfInterruptsDoesNoHarm() {
        Thread worker = Thread.currentThread();
        AtomicBoolean done = new AtomicBoolean();
        AtomicBoolean over = new AtomicBoolean();
        try (Crew crew = new Crew()) {
            crew.start(() -> {
                while (!done.get()) {
                    worker.interrupt();
                    Thread.onSpinWait();
                }
                over.set(true);
            });
            try {
                commitUnderInterrupts();
            } finally {
                done.set(true);
                while (!over.get()) {
                    Thread.onSpinWait();
                }
                Thread.interrupted();
            }
        }
        assertThat(storage().head().sequence()).isEqualTo(201);
        assertUnchanged(() -> bench().reopen());
    }

    private void commitUnderInterrupts() {
        for (long i = 2; i <= 200; i++) {
            long value = i;
            commit(draft -> draft.put(COUNTERS, 1L, value));
            assertThat(image(COUNTERS, 1L).version()).isEqualTo(value);
            assertThat(storage().count(COUNTERS, Condition.everything())).isEqualTo(1);
        }
    }

    private static void assertStaysInterrupted(Runnable action) {
        Thread.currentThread().interrupt();
        boolean interrupted;
        try {
            action.run();
        } finally {
            interrupted = Thread.interrupted();
        }
        assertThat(interrupted).as("thread is still interrupted").isTrue();
    }
}
