package dev.rowkeep.storage.tck;

import static dev.rowkeep.storage.tck.ContractTests.assertFailsAs;
import static dev.rowkeep.storage.tck.Stores.COUNTERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rowkeep.memory.MemoryStorage;
import dev.rowkeep.spi.Storage;
import dev.rowkeep.spi.StorageException.Kind;
import dev.rowkeep.spi.StorageProvider.Access;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every fault does what it says, and leaves what it says. */
final class FaultyStorageTest {
    private final FaultyStorage faulty = FaultyStorage.over(MemoryStorage.create());
    private final AtomicInteger decisions = new AtomicInteger();
    private Storage storage;

    @BeforeEach
    void open() {
        storage = faulty.open(Access.READ_WRITE);
        storage.install(COUNTERS);
    }

    @AfterEach
    void close() {
        storage.close();
    }

    private void commit(long value) {
        Bench.commit(storage, List.of(), draft -> {
            decisions.incrementAndGet();
            draft.put(COUNTERS, 1L, value);
        });
    }

    @Test
    void withoutAScriptEverythingPasses() {
        commit(1);
        assertThat(storage.head().sequence()).isEqualTo(1);
        assertThat(faulty.commits()).isEqualTo(1);
        assertThat(faulty.remaining()).isZero();
    }

    @Test
    void refusalsLeaveNothing() {
        Map<Kind, Fault> refusals = Map.of(
                Kind.BUSY, Fault.busy(),
                Kind.PERMANENT, Fault.permanent(),
                Kind.ROLLED_BACK, Fault.rolledBack(),
                Kind.STALE, Fault.stale(),
                Kind.UNIQUE_TAKEN, Fault.uniqueTaken(),
                Kind.UNKNOWN_OUTCOME, Fault.unknownAndNotWritten());
        refusals.forEach((kind, fault) -> {
            faulty.next(fault);
            assertFailsAs(kind, () -> commit(1));
            assertThat(storage.head().sequence()).isZero();
        });
        commit(1);
        assertThat(storage.head().sequence()).isEqualTo(1);
    }

    @Test
    void faultsComeInTheOrderOfTheScript() {
        faulty.next(Fault.busy(), Fault.none(), Fault.rolledBack());
        assertFailsAs(Kind.BUSY, () -> commit(1));
        assertThat(decisions).hasValue(0);
        commit(1);
        assertFailsAs(Kind.ROLLED_BACK, () -> commit(2));
        assertThat(decisions).hasValue(2);
        assertThat(faulty.commits()).isEqualTo(3);
    }

    @Test
    void anUnknownOutcomeMayBeWritten() {
        faulty.next(Fault.unknownAndWritten());
        assertFailsAs(Kind.UNKNOWN_OUTCOME, () -> commit(1));
        assertThat(storage.head().sequence()).isEqualTo(1);
    }

    @Test
    void aLostAcknowledgementTakesTheConnectionWithIt() {
        faulty.next(Fault.lostAcknowledgement()).failRecoveries(1);
        assertFailsAs(Kind.UNKNOWN_OUTCOME, () -> commit(1));
        assertFailsAs(Kind.ROLLED_BACK, () -> storage.head());
        assertFailsAs(Kind.ROLLED_BACK, () -> commit(2));
        assertFailsAs(Kind.UNKNOWN_OUTCOME, () -> storage.recover());
        assertThat(storage.recover().sequence()).isEqualTo(1);
        assertThat(faulty.recoveries()).isEqualTo(2);
        commit(2);
        assertThat(storage.head().sequence()).isEqualTo(2);
    }

    @Test
    void aLostRequestWroteNothing() {
        faulty.next(Fault.lostRequest());
        assertFailsAs(Kind.UNKNOWN_OUTCOME, () -> commit(1));
        assertFailsAs(Kind.ROLLED_BACK, () -> storage.read(COUNTERS, 1L));
        assertThat(storage.recover().sequence()).isZero();
    }

    @Test
    void workIsDecidedTwice() {
        faulty.next(Fault.decidedTwice());
        commit(1);
        assertThat(decisions).hasValue(2);
        assertThat(storage.head().sequence()).isEqualTo(1);
    }

    @Test
    void aCommitIsHeld() {
        Hold deciding = new Hold();
        Hold writing = new Hold();
        Hold answering = new Hold();
        faulty.next(
                Fault.heldBeforeDeciding(deciding),
                Fault.heldBeforeWriting(writing),
                Fault.heldBeforeAnswering(answering));
        try (Crew crew = new Crew()) {
            crew.start(() -> {
                commit(1);
                commit(2);
                commit(3);
            });
            deciding.awaitReached();
            assertThat(decisions).hasValue(0);
            deciding.release();
            writing.awaitReached();
            assertThat(decisions).hasValue(2);
            assertThat(storage.head().sequence()).isEqualTo(1);
            assertThat(answering.isReached()).isFalse();
            writing.release();
            answering.awaitReached();
            assertThat(storage.head().sequence()).isEqualTo(3);
            answering.release();
        }
        assertThat(faulty.remaining()).isZero();
    }
}
