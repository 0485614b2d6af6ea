package dev.rowkeep.storage.duckdb;

import dev.rowkeep.commit.Author;
import dev.rowkeep.commit.ChangeKind;
import dev.rowkeep.schema.ColumnType;
import dev.rowkeep.spi.ChangeId;
import dev.rowkeep.spi.CommitPlan;
import dev.rowkeep.spi.CommitView;
import dev.rowkeep.spi.CommitWork;
import dev.rowkeep.spi.ErasedRecords;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.Image.Liveness;
import dev.rowkeep.spi.LoggedChange;
import dev.rowkeep.spi.LoggedCommit;
import dev.rowkeep.spi.LoggedHeader;
import dev.rowkeep.spi.RowWrite;
import dev.rowkeep.spi.Storage;
import dev.rowkeep.spi.StoreLayout;
import dev.rowkeep.spi.StoreLayout.LayoutColumn;
import dev.rowkeep.spi.StoreLayout.Sensitivity;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A store with a personal column, written to as core does; what only core understands of a change is the value as it stands, until it is sealed. */
final class ErasableStore {
    static final StoreLayout LAYOUT = new StoreLayout(
            1,
            "people",
            new LayoutColumn(0, "person", ColumnType.TEXT),
            List.of(
                    new LayoutColumn(1, "name", ColumnType.TEXT, Sensitivity.PERSONAL),
                    new LayoutColumn(2, "city", ColumnType.TEXT)),
            List.of());

    private static final Author ANA = Author.user("ana");
    private static final byte[] SEALED = {7};
    private static final int HASH_BYTES = 32;

    private ErasableStore() {}

    static Image image(String key, long version, long changeId, @Nullable String name) {
        return new Image(
                key,
                version,
                changeId,
                Liveness.LIVE,
                new Object[] {name, "Basel"},
                ANA,
                ChangeId.sequence(changeId),
                "ana",
                ChangeId.sequence(changeId));
    }

    /** Gives a record these names one after the other, each in a commit of its own, all in one batch. */
    static void write(Storage storage, String key, @Nullable String... names) {
        storage.commit(new CommitWork() {
            @Override
            public List<RecordRef> reads() {
                return List.of(new RecordRef(LAYOUT, key));
            }

            @Override
            public CommitPlan decide(CommitView view) {
                return plan(view, key, names);
            }
        });
    }

    private static CommitPlan plan(CommitView view, String key, @Nullable String... names) {
        Image before = view.image(LAYOUT, key);
        long version = before == null ? 0 : before.version();
        long previous = before == null ? 0 : before.changeId();
        long sequence = view.head().sequence();
        List<LoggedCommit> commits = new ArrayList<>();
        List<Image> versions = new ArrayList<>();
        for (String name : names) {
            version++;
            sequence++;
            long id = ChangeId.of(sequence, 0);
            byte[] value = String.valueOf(name).getBytes(StandardCharsets.US_ASCII);
            ChangeKind kind = version == 1 ? ChangeKind.INSERT : ChangeKind.UPDATE;
            LoggedChange change = new LoggedChange(LAYOUT.id(), key, version, kind, id, previous, value, value);
            byte[] hash = new byte[HASH_BYTES];
            hash[0] = (byte) sequence;
            commits.add(new LoggedCommit(new LoggedHeader(sequence, sequence, ANA, null, null), List.of(change), hash));
            versions.add(image(key, version, id, name));
            previous = id;
        }
        return new CommitPlan(commits, List.of(new RowWrite(LAYOUT, before, versions, new BitSet())));
    }

    /** Takes the name out of the row, and then out of the past. */
    static void erase(Storage storage, String key) {
        write(storage, key, (String) null);
        erasePast(storage, key);
    }

    static void erasePast(Storage storage, String key) {
        storage.erase(
                List.of(new ErasedRecords(LAYOUT, Set.of(key), storage.head().sequence(), ErasableStore::sealed)));
    }

    private static LoggedChange sealed(LoggedChange change) {
        return new LoggedChange(
                change.storeId(),
                change.key(),
                change.version(),
                change.kind(),
                change.id(),
                change.previousId(),
                SEALED,
                change.image() == null ? null : SEALED);
    }

    static boolean isSealed(LoggedChange change) {
        return change.delta().length == SEALED.length;
    }
}
