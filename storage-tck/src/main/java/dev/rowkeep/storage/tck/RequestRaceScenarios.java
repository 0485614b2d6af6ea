package dev.rowkeep.storage.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rowkeep.edit.Edit;
import dev.rowkeep.edit.WriteResult;
import dev.rowkeep.record.VersionedRecord;
import dev.rowkeep.schema.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of requests that meet each other, other writers, and a storage that fails. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
public abstract class RequestRaceScenarios extends RequestBench {
    /** For the fixture's author. */
    protected RequestRaceScenarios() {}

    @Test
    void equalRequestsOfOneBatchTakeEffectOnce() throws Exception {
        store.insert(template("t1"));
        Hold hold = new Hold();
        storage.next(Fault.heldBeforeWriting(hold));
        CompletableFuture<?> before =
                store.applyAsync(Edit.update(templates, "t1").add(STOCK, 1L));
        hold.awaitReached();
        List<CompletableFuture<WriteResult<String, Row>>> batch = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            batch.add(storeFor("r" + i % 2)
                    .applyAsync(Edit.update(templates, "t1").add(USES, 1L)));
        }
        hold.release();
        before.get(30, TimeUnit.SECONDS);
        for (int i = 0; i < 6; i++) {
            WriteResult<String, Row> result = batch.get(i).get(30, TimeUnit.SECONDS);
            assertThat(result).isInstanceOf(i < 2 ? WriteResult.Applied.class : WriteResult.Duplicate.class);
            assertThat(result.orThrow().version()).isEqualTo(3 + i % 2);
        }
        assertThat(row("t1").get(USES)).isEqualTo(2);
    }

    @Test
    void aLostRaceIsNoOutcome() throws Exception {
        store.insert(template("t1"));
        Hold hold = new Hold();
        storage.next(Fault.heldBeforeWriting(hold));
        CompletableFuture<?> before =
                store.applyAsync(Edit.update(templates, "t1").add(STOCK, 1L));
        hold.awaitReached();
        CountDownLatch computing = new CountDownLatch(1);
        Future<VersionedRecord<String, Row>> late =
                threads.submit(() -> storeFor("r1").update("t1", row -> {
                    computing.countDown();
                    return row.with(USES, row.require(USES) + 1);
                }));
        assertThat(computing.await(30, TimeUnit.SECONDS)).isTrue();
        hold.release();
        before.get(30, TimeUnit.SECONDS);

        assertThat(late.get(30, TimeUnit.SECONDS).version()).isEqualTo(3);
        assertThat(storeFor("r1").update("t1", row -> row).version()).isEqualTo(3);
        assertThat(row("t1").get(USES)).isOne();
    }

    @Test
    void anUnknownOutcomeIsResolvedBySendingTheRequestAgain() {
        store.insert(template("t1"));
        Edit<String, Row> add = Edit.update(templates, "t1").add(USES, 1L);
        Edit<String, Row> conflicting = Edit.insert(templates, template("t1"));
        storage.next(Fault.unknownAndWritten());
        assertThat(storeFor("a").apply(add)).isInstanceOf(WriteResult.Applied.class);
        storage.next(Fault.lostAcknowledgement());
        assertThat(storeFor("b").apply(conflicting)).isInstanceOf(WriteResult.Conflicted.class);
        for (Fault fault : List.of(Fault.lostRequest(), Fault.unknownAndNotWritten())) {
            storage.next(fault);
            assertThatExceptionOfType(dev.rowkeep.spi.StorageException.class)
                    .isThrownBy(() -> storeFor("c").apply(conflicting));
        }
        storage.next(Fault.lostAcknowledgement()).failRecoveries(1);
        assertThatExceptionOfType(dev.rowkeep.error.UnknownOutcomeException.class)
                .isThrownBy(() -> storeFor("d").apply(add));
        assertThat(storeFor("d").apply(add)).isInstanceOf(WriteResult.Duplicate.class);
        storage.next(Fault.lostAcknowledgement()).failRecoveries(1);
        assertThatExceptionOfType(dev.rowkeep.error.UnknownOutcomeException.class)
                .isThrownBy(() -> storeFor("e").apply(conflicting));

        assertThat(storeFor("a").apply(add)).isInstanceOf(WriteResult.Duplicate.class);
        assertThat(storeFor("b").apply(conflicting)).isInstanceOf(WriteResult.Duplicate.class);
        assertThat(storeFor("c").apply(conflicting)).isInstanceOf(WriteResult.Conflicted.class);
        assertThat(storeFor("e").apply(conflicting)).isInstanceOf(WriteResult.Duplicate.class);
        assertThat(row("t1").get(USES)).isEqualTo(2);
    }

    @Test
    void aBatchThatIsDecidedTwiceKeepsEachRequestOnce() {
        store.insert(template("t1"));
        storage.next(Fault.decidedTwice(), Fault.stale(), Fault.busy(), Fault.none(), Fault.uniqueTaken());
        for (int i = 0; i < 3; i++) {
            assertThat(storeFor("r" + i).apply(Edit.update(templates, "t1").add(USES, 1L)))
                    .isInstanceOf(WriteResult.Applied.class);
        }
        assertThat(row("t1").get(USES)).isEqualTo(3);
    }

    @Test
    void aValueThatOnlyTheStorageFindsTakenIsKeptAsRejected() {
        store.insert(template("t1"));
        Edit<String, Row> edit = Edit.update(templates, "t1").set(NAME, "new").expecting(1);
        storage.next(Fault.uniqueTaken(), Fault.uniqueTaken());
        WriteResult<String, Row> rejected = storeFor("r1").apply(edit);
        assertThat(rejected).isInstanceOf(WriteResult.Rejected.class);
        assertThat(((WriteResult.Duplicate<String, Row>) storeFor("r1").apply(edit)).first())
                .isEqualTo(rejected);
        assertThat(store.history("t1")).hasSize(1);
    }
}
