package dev.rowkeep.storage.duckdb;

import dev.rowkeep.spi.CommitPlan;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.LoggedCommit;
import dev.rowkeep.spi.RowWrite;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StorageException.Kind;
import dev.rowkeep.spi.StoredRequest;
import dev.rowkeep.spi.UniqueIndex;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Checks plans against what is resident, before anything is written. */
final class PlanCheck {
    private PlanCheck() {}

    /** A plan that was found possible. */
    record Checked(Map<UniqueIndex, UniqueIndex.Update> uniques) {
        void applyUniques() {
            uniques.forEach(UniqueIndex::apply);
        }
    }

    /**
     * Checks {@code plan}.
     *
     * @throws StorageException {@code STALE} or {@code UNIQUE_TAKEN} as {@link dev.rowkeep.spi.Storage#commit} says;
     *     {@code PERMANENT} if it is no plan for this storage at all
     */
    static Checked check(CommitPlan plan, Resident resident) {
        requireNextCommits(plan, resident);
        requireNewRequests(plan, resident);
        Map<ResidentStore, Map<Object, UniqueIndex.Step>> steps = new LinkedHashMap<>();
        for (RowWrite write : plan.writes()) {
            ResidentStore store = resident.store(write.layout().id());
            requireVersion(write, store);
            Image after = write.after();
            if (after.isLive()
                    && after.cells().length != store.layout().columns().size()) {
                throw wrong("record " + name(write) + " has " + after.cells().length + " cells, its store has "
                        + store.layout().columns().size() + " columns");
            }
            Map<Object, UniqueIndex.Step> ofStore = steps.computeIfAbsent(store, any -> new LinkedHashMap<>());
            if (ofStore.put(after.key(), new UniqueIndex.Step(write.before(), after)) != null) {
                throw wrong("record " + name(write) + " is written twice");
            }
        }
        Map<UniqueIndex, UniqueIndex.Update> uniques = new LinkedHashMap<>();
        steps.forEach((store, records) ->
                store.uniques().forEach(unique -> uniques.put(unique, unique.check(records.values()))));
        return new Checked(uniques);
    }

    private static void requireNextCommits(CommitPlan plan, Resident resident) {
        long expected = resident.head().sequence();
        for (LoggedCommit commit : plan.commits()) {
            expected++;
            if (commit.header().sequence() != expected) {
                throw wrong("commit " + commit.header().sequence() + " stands where " + expected + " comes next");
            }
            commit.changes().forEach(change -> resident.store(change.storeId()));
        }
    }

    private static void requireNewRequests(CommitPlan plan, Resident resident) {
        Set<String> ids = new HashSet<>();
        for (StoredRequest request : plan.requests().stored()) {
            if (resident.requests().containsKey(request.id()) || !ids.add(request.id())) {
                throw new StorageException(
                        Kind.UNIQUE_TAKEN,
                        "Cannot store request " + request.id()
                                + ": one of this id is stored already. Nothing was written;"
                                + " decide again on what is there.",
                        null);
            }
        }
    }

    private static void requireVersion(RowWrite write, ResidentStore store) {
        Image before = write.before();
        long expected = before == null ? 0 : before.version();
        long found = store.version(write.after().key());
        if (expected != found) {
            throw new StorageException(
                    Kind.STALE,
                    "Cannot write " + name(write) + ": the plan stands on version " + expected
                            + ", the storage holds version " + found
                            + ". Nothing was written; decide again on what is there.",
                    null);
        }
    }

    private static String name(RowWrite write) {
        return write.layout().name() + "/" + write.after().key();
    }

    private static StorageException wrong(String what) {
        return new StorageException(
                Kind.PERMANENT,
                "Not a plan for this storage: " + what + ". Nothing was written; the deciding code is wrong.",
                null);
    }
}
