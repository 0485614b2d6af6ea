package dev.rowkeep.internal.engine;

import dev.rowkeep.commit.CellChange;
import dev.rowkeep.commit.ChangeKind;
import dev.rowkeep.commit.Erased;
import dev.rowkeep.internal.codec.CellDelta;
import dev.rowkeep.internal.codec.DeltaCodec;
import dev.rowkeep.internal.codec.DroppedContents;
import dev.rowkeep.record.VersionedRecord;
import dev.rowkeep.schema.Column;
import dev.rowkeep.spi.ChangeId;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.LoggedChange;
import dev.rowkeep.spi.LoggedHeader;
import dev.rowkeep.spi.LoggedVersion;
import dev.rowkeep.spi.Storage;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.store.RecordVersion;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Past versions of single records. A version is found from the nearest full image above it, by undoing the changes between. */
final class Histories {
    /** How many versions are read at once. */
    private static final int PAGE = 1024;

    private final Storage storage;
    private final LogDecoder decoder;
    private final KeptLog kept;

    /**
     * What a record was at one version; null cells are a delete.
     *
     * @param changeId the change that made it
     * @param header that of its commit, or what is known of one that was dropped
     * @param erased the places of the cells that are null because their values were erased
     */
    record Content(
            Object key,
            long version,
            long changeId,
            LoggedHeader header,
            @Nullable Object @Nullable [] cells,
            BitSet erased) {
        /** The value of a cell as a history shows it. */
        @Nullable
        Object shown(int place) {
            return erased.get(place) ? Erased.ERASED : cells == null ? null : cells[place];
        }
    }

    Histories(Storage storage, LogDecoder decoder, KeptLog kept) {
        this.kept = kept;
        this.storage = storage;
        this.decoder = decoder;
    }

    List<RecordVersion> newest(StoreState<?, ?> store, Object key, int most) {
        if (most < 1) {
            throw new IllegalArgumentException("Ask for at least one version, got " + most + ".");
        }
        Image current = storage.read(store.layout(), key);
        long newest = current == null ? 0 : current.version();
        List<RecordVersion> versions = new ArrayList<>();
        walk(store, key, newest, Math.max(1, newest - most + 1), version -> {
            versions.add(version);
            return true;
        });
        return versions;
    }

    /** For each column that has changed since the record's insert, the newest version that changed it, in column order. */
    Map<String, RecordVersion> blame(StoreState<?, ?> store, Object key) {
        Image current = storage.read(store.layout(), key);
        Map<String, RecordVersion> setBy = new HashMap<>();
        List<Column<?>> columns = store.schema().columns();
        if (current != null && current.isLive()) {
            walk(store, key, current.version(), 1, version -> {
                version.change().cells().forEach(cell -> setBy.putIfAbsent(cell.column(), version));
                return version.change().kind() != ChangeKind.INSERT && setBy.size() < columns.size();
            });
        }
        Map<String, RecordVersion> ordered = new LinkedHashMap<>();
        for (Column<?> column : columns) {
            RecordVersion version = setBy.get(column.name());
            if (version != null) {
                ordered.put(column.name(), version);
            }
        }
        return Collections.unmodifiableMap(ordered);
    }

    /** Shows versions, newest first, as long as {@code goesOn} says so. */
    private void walk(StoreState<?, ?> store, Object key, long from, long to, Predicate<RecordVersion> goesOn) {
        for (long next = from; next >= to; next -= PAGE) {
            for (LoggedVersion logged : storage.versions(store.layout(), key, next, Math.max(to, next - PAGE + 1))) {
                if (DroppedContents.of(logged.change())) {
                    return; // Those of older ones are dropped too.
                }
                RecordVersion version =
                        new RecordVersion(decoder.change(logged.change()), decoder.header(logged.header()));
                if (!goesOn.test(version)) {
                    return;
                }
            }
        }
    }

    /**
     * What the record was at {@code version}.
     *
     * @throws IllegalArgumentException if there is no such version
     * @throws dev.rowkeep.log.HistoryDroppedException if the log does not tell any more
     */
    Content at(StoreState<?, ?> store, Object key, long version) {
        Image current = storage.read(store.layout(), key);
        long newest = current == null ? 0 : current.version();
        if (current == null || version < 1 || version > newest) {
            throw new IllegalArgumentException("The record " + store.schema().name() + "/" + key + " has no version "
                    + version + (newest == 0 ? "; it was never there." : "; its versions are 1 to " + newest + "."));
        }
        int interval = LoggedChange.CHECKPOINT_INTERVAL;
        long checkpoint = (version + interval - 1) / interval * interval;
        long from = Math.min(checkpoint, newest);
        List<LoggedVersion> walked = storage.versions(store.layout(), key, from, version);
        boolean isTold = walked.size() == from - version + 1 && !isContentsDropped(walked);
        return isTold ? undone(store, current, walked) : withoutItsChange(store, current, version, walked);
    }

    /** Whether contents of some of these, which the newest is the first of, were dropped: then those of the last one were. */
    private static boolean isContentsDropped(List<LoggedVersion> walked) {
        return !walked.isEmpty()
                && DroppedContents.of(walked.get(walked.size() - 1).change());
    }

    /**
     * What the record was at a version whose change the log does not tell: it was dropped, with its commit or of its contents. That is known of the
     * newest such version alone: it is what is there now, or what the first change after it found.
     */
    private Content withoutItsChange(StoreState<?, ?> store, Image current, long version, List<LoggedVersion> walked) {
        Object key = current.key();
        if (current.version() == version) {
            LoggedHeader made = new LoggedHeader(
                    ChangeId.sequence(current.changeId()), current.timeMicros(), current.author(), null, null);
            LoggedHeader header = maker(store, key, version, current.changeId(), made)
                    .orElseThrow(() -> untold(store, key, version, walked));
            return new Content(
                    key, version, current.changeId(), header, current.isLive() ? current.cells() : null, new BitSet());
        }
        LoggedChange next = storage.versions(store.layout(), key, version + 1, version + 1).stream()
                .map(LoggedVersion::change)
                .filter(change -> !DroppedContents.of(change))
                .findFirst()
                .orElseThrow(() -> untold(store, key, version, walked));
        LoggedHeader made = KeptLog.header(storage, ChangeId.sequence(next.previousId()));
        LoggedHeader header =
                maker(store, key, version, next.previousId(), made).orElseThrow(() -> lacking(store, key, version));
        BitSet erased = new BitSet();
        @Nullable Object @Nullable [] cells = foundBy(store, key, next, erased);
        return new Content(key, version, next.previousId(), header, cells, erased);
    }

    /**
     * Who made a version whose change is dropped, with its commit, of which {@code known} is known then, or of its contents; empty if it is not
     * dropped.
     */
    private Optional<LoggedHeader> maker(
            StoreState<?, ?> store, Object key, long version, long changeId, LoggedHeader known) {
        return kept.isChangeDropped(changeId)
                ? Optional.of(known)
                : storage.versions(store.layout(), key, version, version).stream()
                        .filter(made -> DroppedContents.of(made.change()))
                        .map(LoggedVersion::header)
                        .findFirst();
    }

    /** What to say of a version that neither the log nor the row tells of: either it was dropped, or it should be there. */
    private RuntimeException untold(StoreState<?, ?> store, Object key, long version, List<LoggedVersion> walked) {
        boolean isDropped = isContentsDropped(walked)
                || (walked.isEmpty()
                        ? kept.start() > 0
                        : kept.isChangeDropped(
                                walked.get(walked.size() - 1).change().previousId()));
        return isDropped
                ? kept.dropped(
                        store.layout(),
                        "version " + version + " of " + store.schema().name() + "/" + key)
                : lacking(store, key, version);
    }

    /** What a change found; null cells if there was no record. */
    private @Nullable Object @Nullable [] foundBy(
            StoreState<?, ?> store, Object key, LoggedChange change, BitSet erased) {
        if (change.kind() == ChangeKind.INSERT) {
            return null;
        }
        Content made = at(store, key, change.version());
        erased.or(made.erased());
        @Nullable
        Object[] cells =
                made.cells() == null ? new Object[store.layout().columns().size()] : made.cells();
        takeBack(store, change, cells, erased);
        return cells;
    }

    private static StorageException lacking(StoreState<?, ?> store, Object key, long version) {
        return new StorageException(
                StorageException.Kind.PERMANENT,
                "The log lacks versions of " + store.schema().name() + "/" + key + " from " + version
                        + " on. Run log().verify() and restore a backup.",
                null);
    }

    private static void takeBack(StoreState<?, ?> store, LoggedChange change, @Nullable Object[] cells, BitSet erased) {
        for (CellDelta cell : DeltaCodec.decode(store.layout(), change.delta())) {
            cells[cell.ordinal()] = cell.before();
            erased.set(cell.ordinal(), cell.isErased());
        }
    }

    /** The last of {@code walked}, made of the nearest full image by taking back those before it in the list. */
    private static Content undone(StoreState<?, ?> store, Image current, List<LoggedVersion> walked) {
        byte[] image = walked.get(0).change().image();
        BitSet erased = new BitSet();
        @Nullable
        Object[] cells = image != null
                ? DeltaCodec.decodeImage(store.layout(), image, erased)
                : current.isLive()
                        ? current.cells().clone()
                        : new Object[store.layout().columns().size()];
        LoggedVersion wanted = walked.get(walked.size() - 1);
        for (LoggedVersion undone : walked.subList(0, walked.size() - 1)) {
            takeBack(store, undone.change(), cells, erased);
        }
        LoggedChange made = wanted.change();
        for (CellDelta cell : DeltaCodec.decode(store.layout(), made.delta())) {
            if (cell.isErased()) {
                erased.set(cell.ordinal()); // Nothing since told what it left.
            }
        }
        return new Content(
                made.key(),
                made.version(),
                made.id(),
                wanted.header(),
                made.kind() == ChangeKind.DELETE ? null : cells,
                erased);
    }

    /** The record that a content was; empty if it was a delete. */
    <K, T> Optional<VersionedRecord<K, T>> record(StoreState<K, T> store, Content content) {
        @Nullable Object[] cells = content.cells();
        if (cells == null) {
            return Optional.empty();
        }
        Image image = new Image(
                content.key(),
                content.version(),
                content.changeId(),
                Image.Liveness.LIVE,
                cells,
                content.header().author(),
                content.header().timeMicros(),
                null,
                0);
        return Optional.of(store.record(image));
    }

    /** The record as of a place in the log. */
    <K, T> Optional<VersionedRecord<K, T>> asOf(StoreState<K, T> store, Object key, long sequence) {
        return kept.reading(sequence, () -> {
            long version = storage.versionAt(store.layout(), key, sequence);
            return version == 0 ? Optional.empty() : record(store, at(store, key, version));
        });
    }

    List<CellChange> diff(StoreState<?, ?> store, Object key, long fromVersion, long toVersion) {
        Content from = at(store, key, fromVersion);
        Content to = at(store, key, toVersion);
        List<CellChange> cells = new ArrayList<>();
        for (int i = 0; i < store.layout().columns().size(); i++) {
            Object before = from.shown(i);
            Object after = to.shown(i);
            if (before == Erased.ERASED || !Objects.equals(before, after)) {
                cells.add(new CellChange(store.layout().columns().get(i).name(), before, after));
            }
        }
        return cells;
    }
}
