package dev.rowkeep.storage.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowkeep.RowKeep;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.edit.WriteResult;
import dev.rowkeep.error.UnknownOutcomeException;
import dev.rowkeep.schema.Row;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.store.RetryPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What writers see of a storage that refuses, fails, or does not say what it did. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
public abstract class FaultScenarios extends EngineScenarios {
    /** For the fixture's author. */
    protected FaultScenarios() {}

    @Test
    void neighboursOfARefusedUniqueValueLand() throws Exception {
        store.insert(template("held"));
        Hold hold = new Hold();
        storage.next(Fault.heldBeforeWriting(hold));
        CompletableFuture<?> first = store.applyAsync(Edit.insert(templates, template("first")));
        hold.awaitReached();
        List<CompletableFuture<WriteResult<String, Row>>> batch = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Row row = template("n" + i);
            batch.add(store.applyAsync(Edit.insert(templates, i == 2 ? row.with(NAME, "name of held") : row)));
        }
        hold.release();
        first.get(30, TimeUnit.SECONDS);
        for (int i = 0; i < 5; i++) {
            WriteResult<String, Row> result = batch.get(i).get(30, TimeUnit.SECONDS);
            assertThat(result).isInstanceOf(i == 2 ? WriteResult.Rejected.class : WriteResult.Applied.class);
        }
        assertThat(store.query().count()).isEqualTo(6);
    }

    @Test
    void batchThatTheStorageRefusesIsRunAgainOneByOne() throws Exception {
        Hold hold = new Hold();
        storage.next(Fault.heldBeforeWriting(hold), Fault.uniqueTaken());
        CompletableFuture<?> first = store.applyAsync(Edit.insert(templates, template("first")));
        hold.awaitReached();
        List<CompletableFuture<WriteResult<String, Row>>> batch = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            batch.add(store.applyAsync(Edit.insert(templates, template("n" + i))));
        }
        hold.release();
        first.get(30, TimeUnit.SECONDS);
        for (CompletableFuture<WriteResult<String, Row>> one : batch) {
            assertThat(one.get(30, TimeUnit.SECONDS)).isInstanceOf(WriteResult.Applied.class);
        }
        assertThat(keep.log().verify().problem()).isEmpty();
    }

    @Test
    void unknownOutcomeIsLookedUpAndNeverRunAgain() {
        store.insert(template("t1"));
        storage.next(Fault.unknownAndWritten());
        assertThat(store.apply(Edit.update(templates, "t1").add(USES, 1L))
                        .orThrow()
                        .version())
                .isEqualTo(2);
        storage.next(Fault.lostAcknowledgement());
        assertThat(store.apply(Edit.update(templates, "t1").add(USES, 1L))
                        .orThrow()
                        .version())
                .isEqualTo(3);
        storage.next(Fault.unknownAndNotWritten());
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> store.apply(Edit.update(templates, "t1").add(USES, 1L)))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(StorageException.Kind.ROLLED_BACK));
        assertThat(row("t1").get(USES)).isEqualTo(2);
        assertThat(storage.recoveries()).isEqualTo(3);
        storage.next(Fault.lostAcknowledgement()).failRecoveries(1);
        assertThatExceptionOfType(UnknownOutcomeException.class)
                .isThrownBy(() -> store.apply(Edit.update(templates, "t1").add(USES, 1L)));
        store.apply(Edit.update(templates, "t1").add(USES, 10L)).orThrow();
        assertThat(row("t1").get(USES)).isEqualTo(13);
        assertThat(keep.log().verify().problem()).isEmpty();
    }

    @Test
    void writeThatWasNeverTriedIsNotSaidToBeUnknown() {
        store.insert(template("t1"));
        storage.next(Fault.lostAcknowledgement()).failRecoveries(2);
        assertThatExceptionOfType(UnknownOutcomeException.class)
                .isThrownBy(() -> store.apply(Edit.update(templates, "t1").add(USES, 1L)));
        int commits = storage.commits();
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> store.apply(Edit.update(templates, "t1").add(USES, 10L)))
                .withMessageContaining("Nothing of this one was written")
                .satisfies(e -> assertThat(e.kind()).isEqualTo(StorageException.Kind.ROLLED_BACK));
        assertThat(storage.commits()).isEqualTo(commits);
        store.apply(Edit.update(templates, "t1").add(USES, 100L)).orThrow();
        assertThat(row("t1").get(USES)).isEqualTo(101);
    }

    @Test
    void storageThatFailsOnACommitWithNothingToWriteIsOpenedAnew() {
        store.insert(template("t1"));
        Edit<String, Row> nothing = Edit.update(templates, "t1").set(USES, 0L).expecting(1);
        storage.next(Fault.lostAcknowledgement());
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> store.apply(nothing))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(StorageException.Kind.ROLLED_BACK));
        assertThat(store.apply(nothing)).isInstanceOf(WriteResult.Unchanged.class);
        assertThat(store.apply(Edit.update(templates, "t1").add(USES, 1L))).isInstanceOf(WriteResult.Applied.class);
        assertThat(storage.recoveries()).isOne();
    }

    @Test
    void busyStorageIsTriedAgainAndStaleKnowledgeIsReadAfresh() {
        store.insert(template("t1"));
        storage.next(Fault.busy(), Fault.none(), Fault.stale(), Fault.decidedTwice());
        store.apply(Edit.update(templates, "t1").add(USES, 1L)).orThrow();
        store.apply(Edit.update(templates, "t1").add(USES, 1L)).orThrow();
        assertThat(row("t1").get(USES)).isEqualTo(2);
        assertThat(store.history("t1")).hasSize(3);
    }

    @Test
    void nobodyReadsWhatIsPendingOrFailed() throws Exception {
        store.insert(template("t1"));
        store.insert(template("t2"));
        Hold hold = new Hold();
        storage.next(Fault.heldBeforeWriting(hold), Fault.unknownAndNotWritten());
        CompletableFuture<?> elsewhere =
                store.applyAsync(Edit.update(templates, "t2").add(STOCK, 1L));
        hold.awaitReached();
        CountDownLatch lostRuns = new CountDownLatch(1);
        Future<?> lost = threads.submit(() -> store.update("t1", row -> {
            lostRuns.countDown();
            return row.with(USES, 100L);
        }));
        assertThat(lostRuns.await(30, TimeUnit.SECONDS)).isTrue();
        CountDownLatch pending = new CountDownLatch(1);
        threads.execute(() -> store.update("t1", row -> {
            if (row.require(USES) == 100) {
                pending.countDown();
            }
            return row;
        }));
        assertThat(pending.await(30, TimeUnit.SECONDS)).isTrue();

        assertThat(row("t1").get(USES)).as("while it is pending").isZero();
        hold.release();
        elsewhere.get(30, TimeUnit.SECONDS);
        assertThatThrownBy(() -> lost.get(30, TimeUnit.SECONDS)).hasCauseInstanceOf(StorageException.class);
        assertThat(row("t1").get(USES)).as("after it failed").isZero();
    }

    @Test
    void brokenChainDoesNotCountAsARetry() throws Exception {
        store.insert(template("t1"));
        store.insert(template("t2"));
        keep.close();
        keep = RowKeep.open(storage, options().retry(RetryPolicy.none()));
        store = keep.store(templates);
        Hold hold = new Hold();
        storage.next(Fault.heldBeforeWriting(hold), Fault.rolledBack(), Fault.rolledBack());
        CompletableFuture<?> elsewhere =
                store.applyAsync(Edit.update(templates, "t2").add(STOCK, 1L));
        hold.awaitReached();
        CountDownLatch lostRuns = new CountDownLatch(1);
        Future<?> lost = threads.submit(() -> store.update("t1", row -> {
            lostRuns.countDown();
            return row.with(USES, 100L);
        }));
        assertThat(lostRuns.await(30, TimeUnit.SECONDS)).isTrue();
        CountDownLatch ranOnLost = new CountDownLatch(1);
        Future<?> successor = threads.submit(() -> store.update("t1", row -> {
            if (row.require(USES) == 100) {
                ranOnLost.countDown();
            }
            return row.with(USES, row.require(USES) + 1);
        }));
        assertThat(ranOnLost.await(30, TimeUnit.SECONDS)).isTrue();
        hold.release();
        elsewhere.get(30, TimeUnit.SECONDS);
        assertThatThrownBy(() -> lost.get(30, TimeUnit.SECONDS)).hasCauseInstanceOf(StorageException.class);
        successor.get(30, TimeUnit.SECONDS);
        assertThat(row("t1").get(USES)).isOne();
    }

    @Test
    void storeOfWhichNobodyKnowsWhetherItWasMadeIsLookedUp() {
        Schema<String, Row> others = Schema.dynamic("others", ID, USES);
        storage.nextInstalls(FaultyStorage.Install.LOST, FaultyStorage.Install.LANDED);

        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> keep.store(others))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(StorageException.Kind.ROLLED_BACK));
        store.insert(template("t1"));
        assertThat(keep.store(others)
                        .insert(Row.of(others, "o1").with(USES, 1L))
                        .version())
                .isEqualTo(1);
        assertThat(storage.recoveries()).isEqualTo(2);
    }
}
