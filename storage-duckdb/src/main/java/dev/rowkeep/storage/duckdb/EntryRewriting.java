package dev.rowkeep.storage.duckdb;

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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** What is left of the entries of a journal when it is written anew. Layouts are as the entries before have installed them. Used once, by one thread. */
abstract class EntryRewriting implements Rewriting {
    private final Map<Integer, StoreLayout> layouts;

    /** Begins where the stores have {@code layouts}. */
    EntryRewriting(Map<Integer, StoreLayout> layouts) {
        this.layouts = new TreeMap<>(layouts);
    }

    /** {@code change} as it is to be kept: itself if all of it is. */
    abstract LoggedChange kept(LoggedChange change);

    /** {@code version}, in a form that its store had, as it is to be kept: itself if all of it is. */
    abstract Image kept(StoreLayout form, Image version);

    /** The stores' layouts behind the entries so far. */
    final Map<Integer, StoreLayout> layouts() {
        return Map.copyOf(layouts);
    }

    @Override
    public final byte[] payload(JournalRecord record) {
        try {
            Entry entry = EntryCodec.decode(record.payload(), layouts);
            if (entry instanceof Entry.Installed installed) {
                layouts.put(installed.layout().id(), installed.layout());
            }
            Entry kept = kept(entry);
            return kept == entry ? record.payload() : EntryCodec.encode(kept, layouts);
        } catch (IOException e) {
            throw new StorageException(
                    Kind.PERMANENT,
                    "Cannot write entry " + record.number() + " of the journal anew, though its bytes are whole: "
                            + e.getMessage() + ". It may be of a newer version of RowKeep.",
                    e);
        }
    }

    /** {@code entry} as it is to be kept: itself if all of it is. */
    private Entry kept(Entry entry) {
        if (entry instanceof Entry.Committed committed) {
            List<LoggedCommit> commits = each(committed.commits(), this::kept);
            List<Entry.Step> steps = each(committed.steps(), this::kept);
            return commits == committed.commits() && steps == committed.steps()
                    ? entry
                    : new Entry.Committed(commits, steps, committed.stored(), committed.forgotten());
        }
        if (entry instanceof Entry.Begun begun) {
            List<Entry.Step> steps = each(begun.steps(), this::kept);
            return steps == begun.steps() ? entry : new Entry.Begun(begun.start(), steps);
        }
        return entry;
    }

    private LoggedCommit kept(LoggedCommit commit) {
        List<LoggedChange> changes = each(commit.changes(), this::kept);
        return changes == commit.changes() ? commit : new LoggedCommit(commit.header(), changes, commit.hash());
    }

    private Entry.Step kept(Entry.Step step) {
        StoreLayout form = layouts.get(step.storeId());
        if (form == null) {
            return step;
        }
        List<Image> versions = each(step.versions(), version -> kept(form, version));
        return versions == step.versions()
                ? step
                : new Entry.Step(step.storeId(), step.before(), step.previousChange(), versions);
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
