package dev.rowkeep.evidence.fault;

import dev.rowkeep.commit.CellChange;
import dev.rowkeep.commit.Change;
import dev.rowkeep.commit.Commit;
import dev.rowkeep.evidence.fault.Ledger.Address;
import dev.rowkeep.evidence.fault.Ledger.Entry;
import dev.rowkeep.evidence.fault.Ledger.Outcome;
import dev.rowkeep.evidence.fault.Ledger.Written;
import dev.rowkeep.record.VersionedRecord;
import dev.rowkeep.schema.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compares what is in a store with what its writers were told. Differences are problems of the ledger's. */
final class Contents {
    private Contents() {}

    /** Compares what is current, as {@code get} has it. */
    static void checkByKey(TestStore store, Ledger ledger) {
        ledger.certain()
                .forEach((address, written) -> compare(
                        ledger,
                        "get",
                        written,
                        store.store(address.store()).get(address.key()).orElse(null)));
    }

    /** Compares what is current, as a query has it. */
    static void checkByQuery(TestStore store, Ledger ledger) {
        Map<Address, VersionedRecord<String, Row>> queried = new HashMap<>();
        for (String name : List.of(TestStore.LEFT.name(), TestStore.RIGHT.name())) {
            for (VersionedRecord<String, Row> record : store.store(name).query().list()) {
                queried.put(new Address(name, record.key()), record);
            }
        }
        ledger.certain().forEach((address, written) -> compare(ledger, "a query", written, queried.get(address)));
    }

    private static void compare(
            Ledger ledger, String where, Written written, @Nullable VersionedRecord<String, Row> found) {
        boolean isRight = written.value() == null
                ? found == null
                : found != null
                        && found.version() == written.version()
                        && found.value().require(TestStore.VALUE).equals(written.value());
        if (!isRight) {
            ledger.problem("acknowledged " + written + ", but " + where + " gives " + found);
        }
    }

    /**
     * Compares everything: that the log has each acknowledged write once and whole, those of unknown outcome at most once and whole,
     * and nothing else; that past versions can be read; and that the store says itself that it is sound.
     */
    static void checkAll(TestStore store, Ledger ledger) {
        checkByKey(store, ledger);
        checkByQuery(store, ledger);
        Map<String, List<Commit>> logged = new HashMap<>();
        for (Commit commit : store.keep().log().read(store.keep().log().start(), Integer.MAX_VALUE)) {
            logged.computeIfAbsent(commit.header().correlationId().orElse("nobody"), id -> new ArrayList<>())
                    .add(commit);
        }
        for (Entry entry : ledger.entries().values()) {
            List<Commit> commits =
                    Optional.ofNullable(logged.remove(entry.id())).orElse(List.of());
            int most = entry.outcome() == Outcome.NOTHING_WRITTEN
                            || entry.written().isEmpty()
                    ? 0
                    : 1;
            int least = entry.outcome() == Outcome.ACKNOWLEDGED ? most : 0;
            if (commits.size() < least || commits.size() > most) {
                ledger.problem(entry + " is " + commits.size() + " times in the log");
            }
            commits.forEach(commit -> compare(ledger, entry, commit));
            if (entry.outcome() == Outcome.ACKNOWLEDGED) {
                entry.written().forEach(written -> comparePast(store, ledger, written));
            }
        }
        if (!logged.isEmpty()) {
            ledger.problem("nobody wrote what is in the log as " + logged.keySet());
        }
        store.keep().log().verify().problem().ifPresent(problem -> ledger.problem("verify says: " + problem));
    }

    private static void compare(Ledger ledger, Entry entry, Commit commit) {
        boolean isWhole = commit.changes().size() == entry.written().size();
        for (int i = 0; isWhole && i < entry.written().size(); i++) {
            Written wanted = entry.written().get(i);
            Change change = commit.changes().get(i);
            isWhole = new Address(change.store(), (String) change.key()).equals(wanted.address())
                    && (wanted.version() == 0 || wanted.version() == change.version())
                    && (wanted.value() == null || wanted.value().equals(valueAfter(change)));
        }
        if (!isWhole) {
            ledger.problem(entry + " is in the log as " + commit.changes());
        }
    }

    private static @Nullable Object valueAfter(Change change) {
        return change.cells().stream()
                .filter(cell -> cell.column().equals(TestStore.VALUE.name()))
                .map(CellChange::after)
                .findFirst()
                .orElse(null);
    }

    private static void comparePast(TestStore store, Ledger ledger, Written written) {
        Optional<Long> found = store.store(written.address().store())
                .asOf(written.address().key(), written.version())
                .map(record -> record.value().require(TestStore.VALUE));
        if (!found.equals(Optional.ofNullable(written.value()))) {
            ledger.problem("acknowledged " + written + ", but its version has " + found);
        }
    }
}
