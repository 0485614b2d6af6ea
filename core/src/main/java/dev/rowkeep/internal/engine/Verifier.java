package dev.rowkeep.internal.engine;

import dev.rowkeep.commit.ChangeKind;
import dev.rowkeep.internal.codec.CellDelta;
import dev.rowkeep.internal.codec.DeltaCodec;
import dev.rowkeep.internal.codec.DroppedContents;
import dev.rowkeep.internal.codec.HashChain;
import dev.rowkeep.log.Anchor;
import dev.rowkeep.log.Verification;
import dev.rowkeep.query.Condition;
import dev.rowkeep.query.Order;
import dev.rowkeep.schema.Column;
import dev.rowkeep.spi.ChangeId;
import dev.rowkeep.spi.Head;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.ImageScan;
import dev.rowkeep.spi.LoggedChange;
import dev.rowkeep.spi.LoggedCommit;
import dev.rowkeep.spi.QuerySpec;
import dev.rowkeep.spi.Storage;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StoreLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Checks a storage: the chain of hashes, each change against the record it changed, the current rows against the folded log, and
 * the storage's own structure. Memory is bounded: large stores are folded in several passes, each over some of the keys.
 */
final class Verifier {
    private static final int PAGE = 512;

    /** How many records are folded in one pass. */
    private static final long RECORDS_PER_PASS = 200_000;

    private final Storage storage;
    private final Runnable refreshLayouts;
    private final IntFunction<StoreLayout> layouts;

    private record Address(int storeId, Object key) {}

    /** The first thing that is wrong. */
    private static final class Wrong extends Exception {
        private static final long serialVersionUID = 1L;
        private final String what;

        Wrong(String what) {
            super(what);
            this.what = what;
        }
    }

    Verifier(Storage storage, Runnable refreshLayouts, IntFunction<StoreLayout> layouts) {
        this.storage = storage;
        this.refreshLayouts = refreshLayouts;
        this.layouts = layouts;
    }

    /** Whatever is found of a log that is cut meanwhile tells nothing: it is looked at again. */
    Verification verify(@Nullable Anchor anchor) {
        while (true) {
            long start = storage.start().sequence();
            Verification found = verifyOnce(anchor);
            if (found.problem().isEmpty() || storage.start().sequence() == start) {
                return found;
            }
        }
    }

    private Verification verifyOnce(@Nullable Anchor anchor) {
        Head head = storage.head();
        refreshLayouts.run();
        long records = 0;
        try {
            if (anchor != null && anchor.position().sequence() > head.sequence()) {
                throw new Wrong("the log ends at commit " + head.sequence() + ", but the anchor is of commit "
                        + anchor.position().sequence() + ": the log's end was cut off, or this is an older copy");
            }
            Optional<String> structure = storage.check();
            if (structure.isPresent()) {
                throw new Wrong(structure.get());
            }
            long live = 0;
            for (StoreLayout layout : storage.layouts()) {
                live += storage.count(layout, Condition.everything());
            }
            int passes = (int) (live / RECORDS_PER_PASS) + 1;
            for (int pass = 0; pass < passes; pass++) {
                Map<Address, FoldedRecord> folded = fold(head, pass, passes, pass == 0 ? anchor : null);
                records += compareRows(folded, head, pass, passes);
            }
            return new Verification(head.sequence(), records, Optional.empty());
        } catch (Wrong e) {
            return new Verification(head.sequence(), records, Optional.of(e.what));
        } catch (StorageException e) {
            if (e.kind() != StorageException.Kind.PERMANENT) {
                throw e;
            }
            return new Verification(head.sequence(), records, Optional.of(String.valueOf(e.getMessage())));
        }
    }

    /** Reads the whole log up to {@code head}; checks the chain in the first pass. */
    private Map<Address, FoldedRecord> fold(Head head, int pass, int passes, @Nullable Anchor anchor) throws Wrong {
        Map<Address, FoldedRecord> records = new HashMap<>();
        Head start = storage.start();
        byte[] hash = start.hash();
        long sequence = start.sequence();
        long time = sequence == 0 ? Long.MIN_VALUE : start.timeMicros();
        requireAnchor(anchor, sequence, hash);
        while (sequence < head.sequence()) {
            List<LoggedCommit> commits = storage.commitsAfter(sequence, PAGE);
            if (commits.isEmpty()) {
                throw new Wrong(
                        "commit " + (sequence + 1) + " is missing from the log, whose head is " + head.sequence());
            }
            for (LoggedCommit commit : commits) {
                if (commit.header().sequence() != sequence + 1) {
                    throw new Wrong("commit " + (sequence + 1) + " is missing; after " + sequence + " comes "
                            + commit.header().sequence());
                }
                sequence++;
                if (pass == 0) {
                    hash = checkChain(commit, hash, time);
                    time = commit.header().timeMicros();
                    requireAnchor(anchor, sequence, hash);
                }
                for (LoggedChange change : commit.changes()) {
                    Address address = new Address(change.storeId(), change.key());
                    if (Math.floorMod(address.hashCode(), passes) == pass) {
                        records.put(address, apply(commit, change, before(start, change, records.get(address))));
                    }
                }
                if (sequence == head.sequence()) {
                    break;
                }
            }
        }
        if (pass == 0 && !Arrays.equals(hash, head.hash())) {
            throw new Wrong("the head's hash is not the hash of commit " + sequence);
        }
        return records;
    }

    private static byte[] checkChain(LoggedCommit commit, byte[] previous, long previousTime) throws Wrong {
        byte[] hash = HashChain.next(previous, commit.header(), commit.changes());
        if (!Arrays.equals(hash, commit.hash())) {
            throw new Wrong("commit " + commit.header().sequence()
                    + " does not have the hash that its content and the commit before it give: it was changed after it was"
                    + " written, or the medium is damaged");
        }
        if (commit.header().timeMicros() < previousTime) {
            throw new Wrong("commit " + commit.header().sequence() + " is older than the commit before it");
        }
        return hash;
    }

    private static void requireAnchor(@Nullable Anchor anchor, long sequence, byte[] hash) throws Wrong {
        if (anchor != null
                && anchor.position().sequence() == sequence
                && !anchor.hash().hex().equals(HexFormat.of().formatHex(hash))) {
            throw new Wrong(
                    "commit " + sequence + " does not have the hash that the anchor holds: the log was rewritten");
        }
    }

    /** What a change stands on: what is folded so far, or what was there when the log begins, of which its first change tells. */
    private @Nullable FoldedRecord before(Head start, LoggedChange change, @Nullable FoldedRecord folded) {
        boolean isFromBefore =
                folded == null && change.previousId() > 0 && ChangeId.sequence(change.previousId()) <= start.sequence();
        if (!isFromBefore) {
            return folded;
        }
        int columns = layouts.apply(change.storeId()).columns().size();
        return new FoldedRecord(
                change.version() - 1,
                change.previousId(),
                change.kind() == ChangeKind.INSERT ? null : FoldedRecord.untold(columns),
                KeptLog.UNKNOWN,
                start.timeMicros(),
                new FoldedRecord.Touch.Untold());
    }

    private FoldedRecord apply(LoggedCommit commit, LoggedChange change, @Nullable FoldedRecord before) throws Wrong {
        StoreLayout layout = layouts.apply(change.storeId());
        String where = "change " + ChangeId.sequence(change.id()) + " of " + layout.name() + "/" + change.key();
        long version = before == null ? 0 : before.version();
        if (change.version() != version + 1) {
            throw new Wrong(where + " makes version " + change.version() + " after version " + version);
        }
        if (change.previousId() != (before == null ? 0 : before.changeId())) {
            throw new Wrong(where + " does not point to the record's previous change");
        }
        @Nullable Object @Nullable [] left = before == null ? null : before.cells();
        boolean live = left != null;
        if (live == (change.kind() == ChangeKind.INSERT)) {
            throw new Wrong(
                    where + " is of kind " + change.kind() + " on a record that is " + (live ? "" : "not ") + "there");
        }
        FoldedRecord.Touch touch = before == null ? new FoldedRecord.Touch.By(null, 0) : before.touch();
        if (DroppedContents.of(change)) {
            requireDropped(where, layout, change);
            return FoldedRecord.after(
                    touch,
                    commit.header(),
                    change,
                    change.kind() == ChangeKind.DELETE
                            ? null
                            : FoldedRecord.untold(layout.columns().size()));
        }
        @Nullable
        Object[] cells =
                left != null ? left.clone() : new Object[layout.columns().size()];
        for (CellDelta cell : DeltaCodec.decode(layout, change.delta())) {
            if (!cell.isErased() && !FoldedRecord.fits(cells[cell.ordinal()], cell.before())) {
                throw new Wrong(where + " has another value before it in column "
                        + layout.columns().get(cell.ordinal()).name() + " than the version before left");
            }
            cells[cell.ordinal()] = cell.after();
        }
        takeIn(where, layout, change, cells);
        return FoldedRecord.after(touch, commit.header(), change, change.kind() == ChangeKind.DELETE ? null : cells);
    }

    private void requireDropped(String where, StoreLayout layout, LoggedChange change) throws Wrong {
        long through = storage.contentsDroppedThrough(layout);
        if (ChangeId.sequence(change.id()) > through) {
            throw new Wrong(where + " has lost its contents, and those of its store were dropped through commit "
                    + through + " only");
        }
    }

    /** Compares a change's full image, if it must have one, with what is folded, and takes from it what was not told before. */
    private static void takeIn(String where, StoreLayout layout, LoggedChange change, @Nullable Object[] cells)
            throws Wrong {
        byte[] image = change.image();
        boolean isRight = (image != null) == (change.version() % LoggedChange.CHECKPOINT_INTERVAL == 0);
        if (isRight && image != null) {
            @Nullable Object[] full = DeltaCodec.decodeImage(layout, image);
            for (int i = 0; i < cells.length; i++) {
                isRight &= FoldedRecord.fits(cells[i], full[i]);
                cells[i] = full[i];
            }
        }
        if (!isRight) {
            throw new Wrong(where + " has a full image that the changes before it do not give");
        }
    }

    /** Compares rows with what the log gives; of rows that commits after {@code head} have touched, only that there are such commits. */
    private long compareRows(Map<Address, FoldedRecord> folded, Head head, int pass, int passes) throws Wrong {
        Head start = storage.start();
        long rows = 0;
        for (StoreLayout layout : storage.layouts()) {
            List<Image> later = new ArrayList<>();
            BitSet all = new BitSet();
            all.set(0, layout.columns().size());
            Order byKey =
                    Order.ascending(Column.of(layout.key().name(), layout.key().type()));
            QuerySpec everything =
                    new QuerySpec(Condition.everything(), List.of(byKey), Optional.empty(), Integer.MAX_VALUE, all);
            try (ImageScan scan = storage.scan(layout, everything)) {
                for (Image image = scan.next(); image != null; image = scan.next()) {
                    Address address = new Address(layout.id(), image.key());
                    if (Math.floorMod(address.hashCode(), passes) != pass) {
                        continue;
                    }
                    FoldedRecord record = folded.remove(address);
                    if (record == null && ChangeId.sequence(image.changeId()) <= start.sequence()) {
                        rows++; // Of what was there when the log begins, and is unchanged since, the log does not tell.
                    } else if (ChangeId.sequence(image.changeId()) <= head.sequence()) {
                        compare("row " + layout.name() + "/" + image.key(), layout, image, record);
                        rows++;
                    } else {
                        later.add(image);
                    }
                }
            }
            for (Image image : later) {
                requireLogged("row " + layout.name() + "/" + image.key(), layout, image);
            }
        }
        for (Map.Entry<Address, FoldedRecord> left : folded.entrySet()) {
            requireGone(left.getKey(), left.getValue(), head);
        }
        return rows;
    }

    private static void compare(String where, StoreLayout layout, Image image, @Nullable FoldedRecord record)
            throws Wrong {
        if (record == null || (image.isLive() && record.cells() == null)) {
            throw new Wrong(where + " is there, but the log says it is not");
        }
        Optional<String> difference = record.difference(layout, image);
        if (difference.isPresent()) {
            throw new Wrong(where + " " + difference.get());
        }
    }

    /** A row that is newer than the head at which this began was made by a commit since. */
    private void requireLogged(String where, StoreLayout layout, Image image) throws Wrong {
        long sequence = ChangeId.sequence(image.changeId());
        boolean isLogged = storage.commitAt(sequence).stream()
                .flatMap(commit -> commit.changes().stream())
                .anyMatch(change -> change.id() == image.changeId()
                        && change.storeId() == layout.id()
                        && change.key().equals(image.key()));
        if (!isLogged) {
            throw new Wrong(where + " was made by commit " + sequence + ", but the log has no such change");
        }
    }

    /** A folded record without a row must be a tombstone, or have been changed after the head. */
    private void requireGone(Address address, FoldedRecord record, Head head) throws Wrong {
        StoreLayout layout = layouts.apply(address.storeId());
        Image image = storage.read(layout, address.key());
        String where = layout.name() + "/" + address.key();
        if (image == null) {
            throw new Wrong("record " + where + " is lost: the log has version " + record.version()
                    + ", the storage has neither row nor tombstone");
        }
        if (ChangeId.sequence(image.changeId()) > head.sequence()) {
            requireLogged(where, layout, image);
            return;
        }
        if (record.cells() != null) {
            throw new Wrong("row " + where + " is lost: the log has it as version " + record.version());
        }
        compare("tombstone " + where, layout, image, record);
    }
}
