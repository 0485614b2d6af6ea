package dev.rowkeep.storage.tck;

import dev.rowkeep.edit.Edit;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Row;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.store.KeepOptions;
import dev.rowkeep.store.RecordStore;
import dev.rowkeep.store.RetryPolicy;
import dev.rowkeep.store.TransactionStore;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;

/** What the scenarios of transactions share: a second store, and what happens meanwhile. */
abstract class TransactionRehearsal extends EngineScenarios {
    private static final Column<String> CODE = Column.text("code");

    /** A number. */
    static final Column<Long> AMOUNT = Column.integer("amount").required();

    /** A second store. */
    static final Schema<String, Row> ACCOUNTS = Schema.dynamic("accounts", CODE, AMOUNT);

    /** The second store's records. */
    RecordStore<String, Row> accounts;

    @SuppressWarnings("NullAway.Init")
    TransactionRehearsal() {}

    /** With short waits: races here are lost on purpose. */
    @Override
    protected KeepOptions options() {
        RetryPolicy hasty = RetryPolicy.defaults().withDelays(Duration.ofMillis(1), Duration.ofMillis(4));
        return KeepOptions.defaults().retry(hasty);
    }

    @BeforeEach
    void openAccounts() {
        accounts = keep.store(ACCOUNTS);
    }

    static Row account(String code, long amount) {
        return Row.of(ACCOUNTS, code).with(AMOUNT, amount);
    }

    static long amount(TransactionStore<String, Row> store, String code) {
        return store.get(code).orElseThrow().value().require(AMOUNT);
    }

    long amount(String code) {
        return accounts.get(code).orElseThrow().value().require(AMOUNT);
    }

    static void set(TransactionStore<String, Row> store, String code, long amount) {
        store.update(code, row -> row.with(AMOUNT, amount));
    }

    /** Adds to an account in a commit of its own. */
    void pay(String code, long amount) {
        accounts.apply(Edit.update(ACCOUNTS, code).add(AMOUNT, amount)).orThrow();
    }

    /** Does {@code work} on another thread, from beginning to end. */
    <R> R meanwhile(Callable<R> work) {
        try {
            return threads.submit(work).get(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
