package dev.rowkeep.storage.duckdb;

import dev.rowkeep.spi.ErasedRecords;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.LoggedChange;
import dev.rowkeep.spi.LoggedCommit;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StorageException.Kind;
import dev.rowkeep.spi.StoreLayout;
import dev.rowkeep.storage.duckdb.journal.JournalRecord;
import dev.rowkeep.storage.duckdb.journal.Rewriting;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * What an erasure leaves of the entries of a journal: changes sealed, and the past versions of records without their personal cells. Layouts are as the
 * entries before have installed them. Used once, by one thread.
 */
final class EntryErasure implements Rewriting {
    private final List<ErasedRecords> records;
    private final Resident resident;
    private final Map<Integer, StoreLayout> layouts = new TreeMap<>();

    EntryErasure(List<ErasedRecords> records, Resident resident) {
        this.records = records;
        this.resident = resident;
    }

    @Override
    public byte[] payload(JournalRecord record) {
        try {
            Entry entry = EntryCodec.decode(record.payload(), layouts);
            if (entry instanceof Entry.Installed installed) {
                layouts.put(installed.layout().id(), installed.layout());
            }
            Entry erased = erased(entry);
            return erased == entry ? record.payload() : EntryCodec.encode(erased, layouts);
        } catch (IOException e) {
            throw new StorageException(
                    Kind.PERMANENT,
                    "Cannot erase from entry " + record.number() + " of the journal, though its bytes are whole: "
                            + e.getMessage() + ". It may be of a newer version of RowKeep.",
                    e);
        }
    }

    /** {@code entry} as it is to be kept: itself if nothing of it is meant. */
    private Entry erased(Entry entry) {
        if (entry instanceof Entry.Committed committed) {
            List<LoggedCommit> commits = each(committed.commits(), this::erased);
            List<Entry.Step> steps = each(committed.steps(), this::erased);
            return commits == committed.commits() && steps == committed.steps()
                    ? entry
                    : new Entry.Committed(commits, steps, committed.stored(), committed.forgotten());
        }
        if (entry instanceof Entry.Begun begun) {
            List<Entry.Step> steps = each(begun.steps(), this::erased);
            return steps == begun.steps() ? entry : new Entry.Begun(begun.start(), steps);
        }
        return entry;
    }

    private LoggedCommit erased(LoggedCommit commit) {
        List<LoggedChange> changes = each(commit.changes(), this::erased);
        return changes == commit.changes() ? commit : new LoggedCommit(commit.header(), changes, commit.hash());
    }

    private LoggedChange erased(LoggedChange change) {
        LoggedChange erased = ErasedRecords.erased(records, change);
        boolean isSame = Arrays.equals(erased.delta(), change.delta()) && Arrays.equals(erased.image(), change.image());
        return isSame ? change : erased;
    }

    private Entry.Step erased(Entry.Step step) {
        StoreLayout form = layouts.get(step.storeId());
        if (form == null) {
            return step;
        }
        List<Image> versions = each(step.versions(), version -> erased(form, version));
        return versions == step.versions()
                ? step
                : new Entry.Step(step.storeId(), step.before(), step.previousChange(), versions);
    }

    /** Rows stay as they are: they hold nothing to erase any more, or what is not meant. */
    private Image erased(StoreLayout form, Image version) {
        boolean isRow = resident.version(form.id(), version.key()) == version.version();
        return isRow ? version : ErasedRecords.erased(records, form, version);
    }

    /** What {@code change} makes of each; the same list if it makes nothing else of any. */
    private static <T> List<T> each(List<T> all, UnaryOperator<T> change) {
        List<T> changed = null;
        for (int i = 0; i < all.size(); i++) {
            T one = change.apply(all.get(i));
            if (changed == null && one != all.get(i)) {
                changed = new ArrayList<>(all);
            }
            if (changed != null) {
                changed.set(i, one);
            }
        }
        return changed == null ? all : changed;
    }
}
