package dev.rowkeep.storage.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.Author;
import dev.rowkeep.commit.Commit;
import dev.rowkeep.commit.Position;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.edit.RecordNotFoundException;
import dev.rowkeep.edit.RejectedException;
import dev.rowkeep.edit.VersionConflictException;
import dev.rowkeep.edit.WriteResult;
import dev.rowkeep.error.ReentrantCallException;
import dev.rowkeep.error.RetriesExhaustedException;
import dev.rowkeep.error.UnknownOutcomeException;
import dev.rowkeep.memory.MemoryStorage;
import dev.rowkeep.record.VersionedRecord;
import dev.rowkeep.schema.Row;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.store.KeepOptions;
import dev.rowkeep.store.Session;
import dev.rowkeep.store.Transaction;
import dev.rowkeep.store.TransactionResult;
import dev.rowkeep.store.TransactionStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a transaction reads and writes, and what becomes of it when it loses or fails. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
public abstract class TransactionScenarios extends TransactionRehearsal {
    /** For the fixture's author. */
    protected TransactionScenarios() {}

    @Test
    void writesOverSeveralStoresLandInOneCommitOfTheSession() {
        store.insert(template("t1"));
        Position before = keep.log().head();
        TransactionResult<String> result = keep.session(Author.user("ana"))
                .because("stocktaking")
                .inTransaction(tx -> {
                    assertThat(tx.position()).isEqualTo(before);
                    tx.on(store).update("t1", row -> row.with(USES, 5L));
                    tx.on(accounts).insert(account("a", 7));
                    return "done";
                });
        List<Commit> commits = keep.log().read(before, 10);
        assertThat(commits).hasSize(1);
        assertThat(result)
                .isEqualTo(new TransactionResult<>(
                        "done", java.util.Optional.of(commits.get(0).position())));
        assertThat(commits.get(0).header().author()).isEqualTo(Author.user("ana"));
        assertThat(commits.get(0).header().reason()).contains("stocktaking");
        assertThat(commits.get(0).changes())
                .extracting(change -> change.store())
                .containsExactly("templates", "accounts");
        assertThat(row("t1").get(USES)).isEqualTo(5);
        assertThat(accounts.get("a").orElseThrow().position())
                .isEqualTo(keep.log().head());
        assertThat(keep.log().verify().problem()).isEmpty();
    }

    @Test
    void readsAreAsOfOneCommitAndSeeTheTransactionsOwnWrites() {
        accounts.insert(account("a", 1));
        accounts.insert(account("b", 1));
        List<Long> seen = keep.inTransaction(tx -> {
                    TransactionStore<String, Row> within = tx.on(accounts);
                    long first = amount(within, "a");
                    meanwhile(() -> keep.session(Author.user("eva"))
                            .commit(List.of(
                                    Edit.update(ACCOUNTS, "a").add(AMOUNT, 10L),
                                    Edit.update(ACCOUNTS, "b").add(AMOUNT, 10L))));
                    return List.of(
                            first,
                            amount(within, "b"),
                            amount(within, "a"),
                            within.query().count());
                })
                .value();
        assertThat(seen).containsExactly(1L, 1L, 1L, 2L);
        assertThat(amount("b")).isEqualTo(11);
        keep.inTransaction(tx -> {
            TransactionStore<String, Row> within = tx.on(accounts);
            VersionedRecord<String, Row> written = within.update("a", row -> row.with(AMOUNT, 20L));
            assertThat(written.version()).isEqualTo(3);
            assertThat(within.get("a")).contains(written);
            assertThat(within.insert(account("c", 3)).version()).isOne();
            assertThat(within.delete("b").version()).isEqualTo(3);
            assertThat(within.exists("b")).isFalse();
            assertThat(within.getAll(List.of("c", "b", "a", "never")).keySet()).containsExactly("c", "a");
            assertThat(within.query().list()).extracting(VersionedRecord::key).containsExactly("a", "c");
            assertThat(meanwhile(() -> amount("a"))).isEqualTo(11);
            return true;
        });
        assertThat(accounts.get("a").orElseThrow().version()).isEqualTo(3);
        assertThat(accounts.exists("b")).isFalse();
    }

    @Test
    void readOnlyTransactionNeverFailsAndWritesNothing() {
        accounts.insert(account("a", 1));
        AtomicInteger runs = new AtomicInteger();
        Position before = keep.log().head();
        TransactionResult<Long> result = keep.inTransaction(tx -> {
            runs.incrementAndGet();
            long sum = amount(tx.on(accounts), "a");
            meanwhile(() -> accounts.insert(account("b", 5)));
            pay(tx);
            return sum + tx.on(accounts).query().count();
        });
        assertThat(result.value()).isEqualTo(2);
        assertThat(result.position()).isEmpty();
        assertThat(runs).hasValue(1);
        assertThat(keep.log().read(before, 10)).hasSize(2);
    }

    private void pay(Transaction tx) {
        meanwhile(() -> {
            pay("a", 1);
            return tx;
        });
    }

    @Test
    void severalWritesOfARecordMakeOneVersionAndNoneIfItIsAsItWas() {
        accounts.insert(account("a", 1));
        keep.inTransaction(tx -> {
            TransactionStore<String, Row> within = tx.on(accounts);
            set(within, "a", 2);
            within.delete("a");
            within.insert(account("a", 3));
            set(within, "a", 4);
            return null;
        });
        assertThat(accounts.get("a").orElseThrow().version()).isEqualTo(2);
        assertThat(amount("a")).isEqualTo(4);
        Position before = keep.log().head();
        TransactionResult<?> result = keep.inTransaction(tx -> {
            TransactionStore<String, Row> within = tx.on(accounts);
            set(within, "a", 9);
            set(within, "a", 4);
            within.insert(account("b", 1));
            return within.delete("b");
        });
        assertThat(result.position()).isEmpty();
        assertThat(keep.log().head()).isEqualTo(before);
        assertThat(keep.log().verify().problem()).isEmpty();
    }

    @Test
    void conflictsAndRejectionsAreAnswersThatTheTransactionGoesOnFrom() {
        store.insert(template("t1"));
        keep.inTransaction(tx -> {
            TransactionStore<String, Row> within = tx.on(store);
            VersionedRecord<String, Row> read = within.get("t1").orElseThrow();
            assertThat(within.apply(Edit.update(templates, "t1").set(USES, 1L).expecting(read.version())))
                    .isInstanceOf(WriteResult.Applied.class);
            assertThat(within.apply(Edit.update(templates, "t1").set(USES, 2L).expecting(read.version())))
                    .isInstanceOf(WriteResult.Conflicted.class);
            assertThat(within.apply(Edit.update(templates, "t1").set(STOCK, 3L).basedOn(read)))
                    .isInstanceOf(WriteResult.Merged.class);
            assertThat(within.apply(Edit.update(templates, "t1").set(LOW, -1L).basedOn(read)))
                    .isInstanceOf(WriteResult.Rejected.class);
            assertThatExceptionOfType(VersionConflictException.class).isThrownBy(() -> within.insert(template("t1")));
            assertThatExceptionOfType(RejectedException.class)
                    .isThrownBy(() -> within.update("t1", row -> row.with(LOW, -1L)));
            assertThatExceptionOfType(RecordNotFoundException.class).isThrownBy(() -> within.delete("t2"));
            assertThatExceptionOfType(RecordNotFoundException.class).isThrownBy(() -> within.update("t2", row -> row));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> within.apply(Edit.update(templates, "t1").set(USES, 2L)));
            return null;
        });
        assertThat(row("t1").get(USES)).isEqualTo(1);
        assertThat(row("t1").get(STOCK)).isEqualTo(3);
        assertThat(row("t1").get(LOW)).isZero();
    }

    @Test
    void uniqueValuesMoveWithinATransactionButAreNeverShared() {
        store.insert(template("t1"));
        store.insert(template("t2"));
        keep.inTransaction(tx -> {
            tx.on(store).update("t1", row -> row.with(NAME, "name of t2"));
            return tx.on(store).update("t2", row -> row.with(NAME, "name of t1"));
        });
        assertThat(row("t1").get(NAME)).isEqualTo("name of t2");
        Position before = keep.log().head();
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() ->
                        keep.inTransaction(tx -> tx.on(store).update("t1", row -> row.with(NAME, "name of t1"))))
                .withMessageContaining("t2");
        assertThat(keep.log().head()).isEqualTo(before);
    }

    @Test
    void lostRunsAreRepeatedUntilTheCapAndNothingOfThemIsWritten() {
        accounts.insert(account("a", 0));
        accounts.insert(account("b", 0));
        AtomicInteger runs = new AtomicInteger();
        assertThatExceptionOfType(RetriesExhaustedException.class)
                .isThrownBy(() -> keep.inTransaction(tx -> {
                    runs.incrementAndGet();
                    long read = amount(tx.on(accounts), "a");
                    pay(tx);
                    set(tx.on(accounts), "b", read + 1);
                    return null;
                }))
                .satisfies(e -> assertThat(e.attempts()).isEqualTo(4));
        assertThat(runs).hasValue(4);
        assertThat(amount("a")).isEqualTo(4);
        assertThat(amount("b")).isZero();
    }

    @Test
    void whatTheClosureThrowsIsPassedOnWithNothingWritten() {
        accounts.insert(account("a", 0));
        Position before = keep.log().head();
        IllegalStateException own = new IllegalStateException("own");
        assertThatIllegalStateException()
                .isThrownBy(() -> keep.inTransaction(tx -> {
                    set(tx.on(accounts), "a", 9);
                    throw own;
                }))
                .isSameAs(own);
        assertThat(keep.log().head()).isEqualTo(before);
        pay("a", 1);
        assertThat(amount("a")).isOne();
    }

    @Test
    void callsPastTheTransactionAreRefused() {
        accounts.insert(account("a", 0));
        List<Transaction> leaked = new ArrayList<>();
        List<TransactionStore<String, Row>> handle = new ArrayList<>();
        keep.inTransaction(tx -> {
            leaked.add(tx);
            handle.add(tx.on(accounts));
            refused(() -> accounts.get("a"));
            refused(() -> accounts.query().count());
            refused(() -> accounts.insert(account("b", 1)));
            refused(() -> keep.inTransaction(inner -> 1));
            refused(() -> keep.session(Author.user("ana")));
            refused(keep::close);
            handle.get(0).update("a", row -> {
                refused(() -> handle.get(0).get("a"));
                refused(() -> handle.get(0).delete("a"));
                return row.with(AMOUNT, 1L);
            });
            meanwhile(() -> assertThatIllegalStateException()
                    .isThrownBy(() -> handle.get(0).get("a"))
                    .withMessageContaining("thread"));
            return null;
        });
        assertThat(amount("a")).isOne();
        assertThatIllegalStateException().isThrownBy(leaked.get(0)::position).withMessageContaining("returned");
        assertThatIllegalStateException().isThrownBy(() -> handle.get(0).insert(account("b", 1)));
        assertThatIllegalStateException().isThrownBy(() -> handle.get(0).query().list());
        assertThat(accounts.exists("b")).isFalse();
    }

    private static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatExceptionOfType(ReentrantCallException.class).isThrownBy(call);
    }

    @Test
    void storesOfAnotherHandleAndWritesOnAReadOnlyOneAreRefused() {
        accounts.insert(account("a", 3));
        try (RowKeep other = RowKeep.open(MemoryStorage.create())) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> other.inTransaction(tx -> tx.on(accounts)))
                    .withMessageContaining("another handle");
        }
        keep.close();
        keep = RowKeep.openReadOnly(storage, KeepOptions.defaults());
        var readOnly = keep.store(ACCOUNTS);
        assertThat(keep.inTransaction(tx -> amount(tx.on(readOnly), "a")).value())
                .isEqualTo(3);
        assertThatIllegalStateException()
                .isThrownBy(() -> keep.inTransaction(tx -> tx.on(readOnly).delete("a")))
                .withMessageContaining("reading only");
    }

    @Test
    void unknownOutcomeIsLookedUpAndNeverRunAgain() {
        accounts.insert(account("a", 0));
        AtomicInteger runs = new AtomicInteger();
        storage.next(Fault.unknownAndWritten());
        assertThat(count(runs).position()).contains(keep.log().head());
        assertThat(amount("a")).isOne();
        storage.next(Fault.unknownAndNotWritten());
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> count(runs))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(StorageException.Kind.ROLLED_BACK));
        storage.next(Fault.lostAcknowledgement()).failRecoveries(1);
        assertThatExceptionOfType(UnknownOutcomeException.class)
                .isThrownBy(() -> count(runs))
                .withMessageContaining("accounts/a");
        assertThat(runs).hasValue(3);
    }

    private TransactionResult<VersionedRecord<String, Row>> count(AtomicInteger runs) {
        return keep.inTransaction(tx -> {
            runs.incrementAndGet();
            return tx.on(accounts).update("a", row -> row.with(AMOUNT, row.require(AMOUNT) + 1));
        });
    }

    @Test
    void faultsThatWriteNothingAndSecondDecisionsDoNoHarm() {
        accounts.insert(account("a", 0));
        AtomicInteger runs = new AtomicInteger();
        storage.next(Fault.busy(), Fault.stale());
        count(runs);
        storage.next(Fault.decidedTwice());
        count(runs);
        assertThat(amount("a")).isEqualTo(2);
        assertThat(keep.log().verify().problem()).isEmpty();
    }

    @Test
    void requestsAndGuardsAreRefusedInTransactions() {
        store.insert(template("t1"));
        Session plain = keep.session(Author.job("sync"));
        assertThatIllegalStateException()
                .isThrownBy(() -> plain.forRequest("r1").inTransaction(tx -> ""))
                .withMessageContaining("session.commit");
        assertThatIllegalStateException()
                .isThrownBy(
                        () -> plain.unlessTouchedWithin(Duration.ofSeconds(5)).inTransaction(tx -> ""))
                .withMessageContaining("touchedByUserSince");
        Edit<String, Row> guarded =
                Edit.update(templates, "t1").add(USES, 1L).unlessTouchedWithin(Duration.ofSeconds(5));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plain.inTransaction(tx -> tx.on(store).apply(guarded)))
                .withMessageContaining("touchedByUserSince");
        assertThat(row("t1").get(USES)).isZero();
    }
}
