package dev.rowkeep.memory;

import dev.rowkeep.spi.CommitPlan;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.LoggedChange;
import dev.rowkeep.spi.LoggedCommit;
import dev.rowkeep.spi.LoggedVersion;
import dev.rowkeep.spi.RowWrite;
import dev.rowkeep.spi.StartingRecords;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StoreLayout;
import dev.rowkeep.spi.UniqueIndex;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A plan that was checked in whole, so that putting it in place cannot fail half-way. */
final class PreparedPlan {
    private final CommitPlan plan;
    private final MemoryTables tables;
    private final Map<Integer, TableStep> steps = new LinkedHashMap<>();

    /** What a plan does to one table. */
    private static final class TableStep {
        private final MemoryTable table;
        private final Map<Object, UniqueIndex.Step> records = new LinkedHashMap<>();
        private final Map<UniqueIndex, UniqueIndex.Update> uniques = new HashMap<>();

        TableStep(MemoryTable table) {
            this.table = table;
        }
    }

    private PreparedPlan(CommitPlan plan, MemoryTables tables) {
        this.plan = plan;
        this.tables = tables;
    }

    /**
     * Checks {@code plan} against what is held.
     *
     * @throws StorageException {@code STALE} or {@code UNIQUE_TAKEN} as {@link dev.rowkeep.spi.Storage#commit} says;
     *     {@code PERMANENT} if it is no plan for this storage at all
     */
    static PreparedPlan check(CommitPlan plan, MemoryLog log, MemoryTables tables) {
        PreparedPlan prepared = new PreparedPlan(plan, tables);
        prepared.requireNextCommits(log.head().sequence());
        for (RowWrite write : plan.writes()) {
            Image before = write.before();
            prepared.add(write.layout(), before == null ? 0 : before.version(), write.after());
        }
        prepared.requireLoggedStores();
        prepared.checkUniques();
        return prepared;
    }

    /**
     * Checks the records that a log begins with, which holds none yet.
     *
     * @throws StorageException as {@link #check}
     */
    static PreparedPlan starting(StartingRecords records, MemoryTables tables) {
        PreparedPlan prepared = new PreparedPlan(new CommitPlan(List.of(), List.of()), tables);
        records.feedTo((layout, image) -> prepared.add(layout, 0, image));
        prepared.checkUniques();
        return prepared;
    }

    private void checkUniques() {
        for (TableStep step : steps.values()) {
            for (UniqueIndex unique : step.table.uniques()) {
                step.uniques.put(unique, unique.check(step.records.values()));
            }
        }
    }

    /** Puts the plan in place. */
    void apply(MemoryLog log) {
        for (TableStep step : steps.values()) {
            step.records.values().forEach(record -> step.table.put(record.after()));
            step.uniques.forEach(UniqueIndex::apply);
        }
        for (LoggedCommit commit : plan.commits()) {
            log.append(commit);
            for (LoggedChange change : commit.changes()) {
                tables.of(change.storeId()).append(new LoggedVersion(commit.header(), change));
            }
        }
    }

    /** Shows everything that the plan replaces; called before it is put in place. */
    void forEachReplaced(Replaced action) {
        for (TableStep step : steps.values()) {
            step.records.forEach((key, record) -> action.take(step.table, key, record.before()));
        }
    }

    /** Takes what is about to be replaced. */
    @FunctionalInterface
    interface Replaced {
        void take(MemoryTable table, Object key, @Nullable Image held);
    }

    private void add(StoreLayout layout, long expected, Image after) {
        MemoryTable table = tables.of(layout);
        Image held = table.image(after.key());
        long found = held == null ? 0 : held.version();
        if (expected != found) {
            throw new StorageException(
                    StorageException.Kind.STALE,
                    "Cannot write " + name(layout, after) + ": the plan stands on version " + expected
                            + ", the storage holds version " + found
                            + ". Nothing was written; decide again on what is there.",
                    null);
        }
        if (after.isLive() && after.cells().length != table.layout().columns().size()) {
            throw wrong("record " + name(layout, after) + " has " + after.cells().length + " cells, its store has "
                    + table.layout().columns().size() + " columns");
        }
        TableStep step = steps.computeIfAbsent(table.layout().id(), id -> new TableStep(table));
        if (step.records.put(after.key(), new UniqueIndex.Step(held, after)) != null) {
            throw wrong("record " + name(layout, after) + " is written twice");
        }
    }

    private void requireNextCommits(long head) {
        long expected = head;
        for (LoggedCommit commit : plan.commits()) {
            expected++;
            if (commit.header().sequence() != expected) {
                throw wrong("commit " + commit.header().sequence() + " stands where " + expected + " comes next");
            }
        }
    }

    private void requireLoggedStores() {
        for (LoggedCommit commit : plan.commits()) {
            commit.changes().forEach(change -> tables.of(change.storeId()));
        }
    }

    private static String name(StoreLayout layout, Image image) {
        return layout.name() + "/" + image.key();
    }

    private static StorageException wrong(String what) {
        return new StorageException(
                StorageException.Kind.PERMANENT,
                "Not a plan for this storage: " + what + ". Nothing was written; the deciding code is wrong.",
                null);
    }
}
