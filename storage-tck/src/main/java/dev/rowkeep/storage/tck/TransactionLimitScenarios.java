package dev.rowkeep.storage.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rowkeep.commit.Position;
import dev.rowkeep.error.TransactionLimitException;
import dev.rowkeep.error.TransactionLimitException.Limit;
import dev.rowkeep.schema.Row;
import dev.rowkeep.store.KeepOptions;
import dev.rowkeep.store.Transaction;
import dev.rowkeep.store.TransactionLimits;
import dev.rowkeep.store.TransactionStore;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How long and large a transaction may get. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
public abstract class TransactionLimitScenarios extends TransactionRehearsal {
    private static final Duration LONGEST = Duration.ofSeconds(1);

    /** For the fixture's author. */
    protected TransactionLimitScenarios() {}

    @Override
    protected KeepOptions options() {
        return super.options()
                .transactions(TransactionLimits.defaults()
                        .longest(LONGEST)
                        .mostReads(30)
                        .mostWrites(8)
                        .mostChanges(3));
    }

    @Test
    void aTransactionThatTakesTooLongDoesNotLand() {
        accounts.insert(account("a", 0));
        refused(Limit.DURATION, tx -> {
            set(tx.on(accounts), "a", 1);
            long begun = System.nanoTime();
            while (System.nanoTime() - begun <= LONGEST.toNanos()) {
                Thread.onSpinWait();
            }
        });
    }

    @Test
    void aTransactionThatReadsTooMuchDoesNotLand() {
        for (int i = 0; i < 20; i++) {
            accounts.insert(account("a" + (10 + i), i));
        }
        refused(Limit.READS, tx -> {
            TransactionStore<String, Row> within = tx.on(accounts);
            assertThat(within.query().list()).hasSize(20);
            set(within, "a10", 100);
            for (int i = 0; i < 30; i++) {
                within.exists("never" + i);
            }
        });
        refused(Limit.READS, tx -> {
            set(tx.on(accounts), "a10", 100);
            tx.on(accounts).query().list();
            tx.on(accounts).query().list();
        });
    }

    @Test
    void aTransactionThatWritesTooMuchDoesNotLand() {
        refused(Limit.WRITES, tx -> {
            for (int i = 0; i < 9; i++) {
                tx.on(accounts).insert(account("a" + i, i));
            }
        });
        keep.inTransaction(tx -> {
            for (int i = 0; i < 8; i++) {
                tx.on(accounts).insert(account("a" + i, i));
                set(tx.on(accounts), "a" + i, 5);
            }
            return null;
        });
        assertThat(accounts.query().count()).isEqualTo(8);
    }

    /** A closure that catches the failure and goes on does not land either. */
    private void refused(Limit limit, Consumer<Transaction> work) {
        Position before = keep.log().head();
        AtomicInteger runs = new AtomicInteger();
        assertThatExceptionOfType(TransactionLimitException.class)
                .isThrownBy(() -> keep.inTransaction(tx -> {
                    runs.incrementAndGet();
                    try {
                        work.accept(tx);
                    } catch (TransactionLimitException e) {
                        return 1;
                    }
                    return 2;
                }))
                .satisfies(e -> assertThat(e.limit()).isEqualTo(limit));
        assertThat(runs).hasValue(1);
        assertThat(keep.log().head()).isEqualTo(before);
    }

    @Test
    void beyondABoundOfChangesAnyChangeToAStoreThatWasReadIsAConflict() {
        accounts.insert(account("a", 0));
        accounts.insert(account("b", 0));
        accounts.insert(account("c", 0));
        assertThat(runsWhile(() -> changes(3, "c"))).isEqualTo(1);
        assertThat(runsWhile(() -> changes(4, "c"))).isEqualTo(2);
        store.insert(template("t1"));
        assertThat(runsWhile(() -> {
                    for (int i = 0; i < 10; i++) {
                        long uses = i;
                        store.update("t1", row -> row.with(USES, uses + 1));
                    }
                }))
                .isEqualTo(1);
    }

    @Test
    void aConflictBeyondTheBoundIsAConflict() {
        accounts.insert(account("a", 0));
        accounts.insert(account("b", 0));
        accounts.insert(account("c", 0));
        assertThat(runsWhile(() -> {
                    changes(5, "c");
                    pay("a", 7);
                }))
                .isEqualTo(2);
        assertThat(amount("b")).isEqualTo(8);
    }

    private void changes(int number, String code) {
        for (int i = 0; i < number; i++) {
            pay(code, 1);
        }
    }

    /** How often a transaction that reads a and writes b runs, if {@code others} happens during its first run. */
    private int runsWhile(Runnable others) {
        AtomicInteger runs = new AtomicInteger();
        keep.inTransaction(tx -> {
            long read = amount(tx.on(accounts), "a");
            if (runs.incrementAndGet() == 1) {
                meanwhile(() -> {
                    others.run();
                    return null;
                });
            }
            set(tx.on(accounts), "b", amount(tx.on(accounts), "b") + read + 1);
            return null;
        });
        return runs.get();
    }
}
