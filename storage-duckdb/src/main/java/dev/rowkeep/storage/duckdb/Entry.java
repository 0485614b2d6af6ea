package dev.rowkeep.storage.duckdb;

import dev.rowkeep.spi.ChangeId;
import dev.rowkeep.spi.CommitPlan;
import dev.rowkeep.spi.Head;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.LoggedChange;
import dev.rowkeep.spi.LoggedCommit;
import dev.rowkeep.spi.RowWrite;
import dev.rowkeep.spi.StoreLayout;
import dev.rowkeep.spi.StoredRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What one record of the journal says. */
sealed interface Entry {
    /** How many rows it brings to the database. */
    int rows();

    /**
     * A layout was installed.
     *
     * @param layout the store's new form
     */
    record Installed(StoreLayout layout) implements Entry {
        @Override
        public int rows() {
            return 1;
        }
    }

    /**
     * A plan was carried out.
     *
     * @param commits what the log gained
     * @param steps one per record
     * @param stored the requests that were stored
     * @param forgotten the ids of those that were forgotten then
     */
    record Committed(List<LoggedCommit> commits, List<Step> steps, List<StoredRequest> stored, List<String> forgotten)
            implements Entry {
        static Committed of(CommitPlan plan, List<String> forgotten) {
            return new Committed(
                    plan.commits(),
                    plan.writes().stream().map(Step::of).toList(),
                    plan.requests().stored(),
                    forgotten);
        }

        @Override
        public int rows() {
            int changes =
                    commits.stream().mapToInt(commit -> commit.changes().size()).sum();
            int versions =
                    steps.stream().mapToInt(step -> step.versions().size()).sum();
            return commits.size() + changes + versions + steps.size() + stored.size();
        }
    }

    /**
     * The oldest commits were dropped.
     *
     * @param start the last of them
     */
    record Dropped(Head start) implements Entry {
        @Override
        public int rows() {
            return 1;
        }
    }

    /**
     * The contents of changes were dropped.
     *
     * @param changes those, each once
     */
    record ContentsDropped(List<Replaced> changes) implements Entry {
        static ContentsDropped of(List<LoggedChange> dropped) {
            Map<Long, Replaced> once = new LinkedHashMap<>();
            dropped.forEach(
                    change -> once.put(change.id(), new Replaced(change.storeId(), change.id(), change.delta())));
            return new ContentsDropped(List.copyOf(once.values()));
        }

        @Override
        public int rows() {
            return changes.size();
        }

        /** By store, the newest commit that made one of them. */
        Map<Integer, Long> through() {
            Map<Integer, Long> through = new TreeMap<>();
            changes.forEach(change -> through.merge(change.storeId(), ChangeId.sequence(change.id()), Math::max));
            return through;
        }
    }

    /**
     * What stands in the place of a change's contents.
     *
     * @param storeId the store
     * @param id the change's
     * @param delta stands where its delta was; where its image was is nothing
     */
    record Replaced(int storeId, long id, byte[] delta) {}

    /**
     * The log was begun in its middle.
     *
     * @param start the commit that it begins behind
     * @param steps the records that there were then, each with its one version
     */
    record Begun(Head start, List<Step> steps) implements Entry {
        @Override
        public int rows() {
            return 1 + 2 * steps.size();
        }
    }

    /**
     * One record's step.
     *
     * @param storeId the store
     * @param before as what the database holds the record before
     * @param previousChange the id of its newest change before; 0 if the key was never used
     * @param versions what was made of it, in order; at least one
     */
    record Step(int storeId, Before before, long previousChange, List<Image> versions) {
        static Step of(RowWrite write) {
            Image before = write.before();
            return new Step(
                    write.layout().id(), Before.of(before), before == null ? 0 : before.changeId(), write.versions());
        }

        /** What the database must hold. */
        Image after() {
            return versions.get(versions.size() - 1);
        }
    }

    /** As what a record is held. */
    enum Before {
        /** Not at all: the key was never used. */
        NOTHING,
        /** As a row of its store. */
        ROW,
        /** As a tombstone. */
        TOMBSTONE;

        static Before of(@Nullable Image image) {
            return image == null ? NOTHING : image.isLive() ? ROW : TOMBSTONE;
        }
    }
}
