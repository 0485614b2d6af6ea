package dev.rowkeep.storage.duckdb;

import dev.rowkeep.commit.Author;
import dev.rowkeep.commit.ChangeKind;
import dev.rowkeep.commit.Origin;
import dev.rowkeep.spi.Head;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.Image.Liveness;
import dev.rowkeep.spi.LoggedChange;
import dev.rowkeep.spi.LoggedCommit;
import dev.rowkeep.spi.LoggedHeader;
import dev.rowkeep.spi.StoreLayout;
import dev.rowkeep.spi.StoredRequest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Entries as the bytes of journal records. Cells and keys are written without their kinds: who reads an entry knows the layouts as the
 * entries before it left them.
 */
final class EntryCodec {
    private static final int INSTALLED = 1;
    private static final int COMMITTED = 2;
    private static final int DROPPED = 3;
    private static final int BEGUN = 4;
    private static final int CONTENTS_DROPPED = 5;
    private static final @Nullable Object[] NO_CELLS = new Object[0];

    private EntryCodec() {}

    /** The bytes of {@code entry}, whose stores have {@code layouts}. */
    static byte[] encode(Entry entry, Map<Integer, StoreLayout> layouts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            if (entry instanceof Entry.Installed installed) {
                out.writeByte(INSTALLED);
                LayoutCodec.write(out, installed.layout());
            } else if (entry instanceof Entry.Committed committed) {
                out.writeByte(COMMITTED);
                write(out, committed, layouts);
            } else if (entry instanceof Entry.Dropped dropped) {
                out.writeByte(DROPPED);
                write(out, dropped.start());
            } else if (entry instanceof Entry.Begun begun) {
                out.writeByte(BEGUN);
                write(out, begun.start());
                write(out, begun.steps(), layouts);
            } else if (entry instanceof Entry.ContentsDropped dropped) {
                out.writeByte(CONTENTS_DROPPED);
                write(out, dropped);
            }
        } catch (IOException e) {
            throw new IllegalStateException("Memory cannot be written to", e);
        }
        return bytes.toByteArray();
    }

    /**
     * The entry whose bytes are {@code bytes}.
     *
     * @throws IOException if there is none
     */
    static Entry decode(byte[] bytes, Map<Integer, StoreLayout> layouts) throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int kind = in.readByte();
            return switch (kind) {
                case INSTALLED -> new Entry.Installed(LayoutCodec.read(in));
                case COMMITTED -> read(in, layouts);
                case DROPPED -> new Entry.Dropped(readHead(in));
                case BEGUN -> new Entry.Begun(readHead(in), readSteps(in, layouts));
                case CONTENTS_DROPPED -> readContentsDropped(in);
                default -> throw new IOException("there is no kind of entry " + kind);
            };
        } catch (RuntimeException e) {
            throw new IOException(
                    "an entry holds what no entry holds (" + e.getClass().getSimpleName() + ")", e);
        }
    }

    private static void write(DataOutputStream out, Entry.Committed committed, Map<Integer, StoreLayout> layouts)
            throws IOException {
        out.writeInt(committed.commits().size());
        for (LoggedCommit commit : committed.commits()) {
            write(out, commit, layouts);
        }
        write(out, committed.steps(), layouts);
        out.writeInt(committed.stored().size());
        for (StoredRequest request : committed.stored()) {
            CellCodec.writeText(out, request.id());
            out.writeLong(request.timeMicros());
            out.writeLong(request.sequence());
            CellCodec.writeBytes(out, request.fingerprint());
            CellCodec.writeBytes(out, request.outcome());
        }
        out.writeInt(committed.forgotten().size());
        for (String id : committed.forgotten()) {
            CellCodec.writeText(out, id);
        }
    }

    private static Entry.Committed read(DataInputStream in, Map<Integer, StoreLayout> layouts) throws IOException {
        List<LoggedCommit> commits = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            commits.add(readCommit(in, layouts));
        }
        List<Entry.Step> steps = readSteps(in, layouts);
        List<StoredRequest> stored = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            stored.add(new StoredRequest(
                    CellCodec.readText(in),
                    in.readLong(),
                    in.readLong(),
                    CellCodec.readBytes(in),
                    CellCodec.readBytes(in)));
        }
        List<String> forgotten = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            forgotten.add(CellCodec.readText(in));
        }
        return new Entry.Committed(commits, steps, stored, forgotten);
    }

    private static void write(DataOutputStream out, List<Entry.Step> steps, Map<Integer, StoreLayout> layouts)
            throws IOException {
        out.writeInt(steps.size());
        for (Entry.Step step : steps) {
            out.writeInt(step.storeId());
            CellCodec.writeText(out, step.before().name());
            out.writeLong(step.previousChange());
            out.writeInt(step.versions().size());
            for (Image version : step.versions()) {
                write(out, version, layout(layouts, step.storeId()));
            }
        }
    }

    private static List<Entry.Step> readSteps(DataInputStream in, Map<Integer, StoreLayout> layouts)
            throws IOException {
        List<Entry.Step> steps = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            int store = in.readInt();
            Entry.Before before = Entry.Before.valueOf(CellCodec.readText(in));
            long previousChange = in.readLong();
            List<Image> versions = new ArrayList<>(1);
            for (int more = in.readInt(); more > 0; more--) {
                versions.add(readImage(in, layout(layouts, store)));
            }
            steps.add(new Entry.Step(store, before, previousChange, versions));
        }
        return steps;
    }

    private static void write(DataOutputStream out, LoggedCommit commit, Map<Integer, StoreLayout> layouts)
            throws IOException {
        LoggedHeader header = commit.header();
        out.writeLong(header.sequence());
        out.writeLong(header.timeMicros());
        write(out, header.author());
        CellCodec.writeOptionalText(out, header.reason());
        CellCodec.writeOptionalText(out, header.correlationId());
        CellCodec.writeBytes(out, commit.hash());
        out.writeInt(commit.changes().size());
        for (LoggedChange change : commit.changes()) {
            out.writeInt(change.storeId());
            CellCodec.write(out, layout(layouts, change.storeId()).key().type(), change.key());
            out.writeLong(change.version());
            CellCodec.writeText(out, change.kind().name());
            out.writeLong(change.id());
            out.writeLong(change.previousId());
            CellCodec.writeBytes(out, change.delta());
            byte[] image = change.image();
            out.writeBoolean(image != null);
            if (image != null) {
                CellCodec.writeBytes(out, image);
            }
        }
    }

    private static LoggedCommit readCommit(DataInputStream in, Map<Integer, StoreLayout> layouts) throws IOException {
        LoggedHeader header = new LoggedHeader(
                in.readLong(),
                in.readLong(),
                readAuthor(in),
                CellCodec.readOptionalText(in),
                CellCodec.readOptionalText(in));
        byte[] hash = CellCodec.readBytes(in);
        List<LoggedChange> changes = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            int store = in.readInt();
            changes.add(new LoggedChange(
                    store,
                    CellCodec.read(in, layout(layouts, store).key().type()),
                    in.readLong(),
                    ChangeKind.valueOf(CellCodec.readText(in)),
                    in.readLong(),
                    in.readLong(),
                    CellCodec.readBytes(in),
                    in.readBoolean() ? CellCodec.readBytes(in) : null));
        }
        return new LoggedCommit(header, changes, hash);
    }

    private static void write(DataOutputStream out, Image image, StoreLayout layout) throws IOException {
        CellCodec.write(out, layout.key().type(), image.key());
        out.writeLong(image.version());
        out.writeLong(image.changeId());
        out.writeBoolean(image.isLive());
        if (image.isLive()) {
            for (int i = 0; i < layout.columns().size(); i++) {
                Object cell = image.cells()[i];
                out.writeBoolean(cell != null);
                if (cell != null) {
                    CellCodec.write(out, layout.columns().get(i).type(), cell);
                }
            }
        }
        write(out, image.author());
        out.writeLong(image.timeMicros());
        CellCodec.writeOptionalText(out, image.userAuthor());
        out.writeLong(image.userTimeMicros());
    }

    private static Image readImage(DataInputStream in, StoreLayout layout) throws IOException {
        Object key = CellCodec.read(in, layout.key().type());
        long version = in.readLong();
        long change = in.readLong();
        boolean isLive = in.readBoolean();
        @Nullable Object[] cells = isLive ? new Object[layout.columns().size()] : NO_CELLS;
        for (int i = 0; i < cells.length; i++) {
            cells[i] = in.readBoolean()
                    ? CellCodec.read(in, layout.columns().get(i).type())
                    : null;
        }
        return new Image(
                key,
                version,
                change,
                isLive ? Liveness.LIVE : Liveness.TOMBSTONE,
                cells,
                readAuthor(in),
                in.readLong(),
                CellCodec.readOptionalText(in),
                in.readLong());
    }

    private static void write(DataOutputStream out, Entry.ContentsDropped dropped) throws IOException {
        out.writeInt(dropped.changes().size());
        for (Entry.Replaced change : dropped.changes()) {
            out.writeInt(change.storeId());
            out.writeLong(change.id());
            CellCodec.writeBytes(out, change.delta());
        }
    }

    private static Entry.ContentsDropped readContentsDropped(DataInputStream in) throws IOException {
        List<Entry.Replaced> changes = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            changes.add(new Entry.Replaced(in.readInt(), in.readLong(), CellCodec.readBytes(in)));
        }
        return new Entry.ContentsDropped(changes);
    }

    private static void write(DataOutputStream out, Head head) throws IOException {
        out.writeLong(head.sequence());
        out.writeLong(head.timeMicros());
        CellCodec.writeBytes(out, head.hash());
    }

    private static Head readHead(DataInputStream in) throws IOException {
        return new Head(in.readLong(), in.readLong(), CellCodec.readBytes(in));
    }

    private static void write(DataOutputStream out, Author author) throws IOException {
        CellCodec.writeText(out, author.origin().name());
        CellCodec.writeText(out, author.name());
    }

    private static Author readAuthor(DataInputStream in) throws IOException {
        Origin origin = Origin.valueOf(CellCodec.readText(in));
        return new Author(CellCodec.readText(in), origin);
    }

    private static StoreLayout layout(Map<Integer, StoreLayout> layouts, int store) {
        StoreLayout layout = layouts.get(store);
        if (layout == null) {
            throw new IllegalArgumentException("There is no store number " + store);
        }
        return layout;
    }
}
