package dev.rowkeep.internal.codec;

import dev.rowkeep.commit.Author;
import dev.rowkeep.commit.ChangeKind;
import dev.rowkeep.commit.Origin;
import dev.rowkeep.spi.ChangeId;
import dev.rowkeep.spi.Head;
import dev.rowkeep.spi.LoggedChange;
import dev.rowkeep.spi.LoggedCommit;
import dev.rowkeep.spi.LoggedHeader;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StoreLayout;
import dev.rowkeep.spi.StoredRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Segments as bytes, in the form that {@code docs/shipping.md} describes. What is read was checked against its checksums, and is believed no more for that. */
public final class SegmentCodec {
    /** The number of the form. */
    static final int FORMAT = 0x61;

    private static final int ABSENT = 0;
    private static final int PRESENT = 1;
    private static final int LEAST_LAYOUT = 9;
    private static final int LEAST_COMMIT = 40;
    private static final int LEAST_CHANGE = 6;
    private static final int LEAST_REQUEST = 5;

    private SegmentCodec() {}

    /** The bytes of {@code segment}. */
    public static byte[] encode(Segment segment) {
        ByteSink sink = ByteSink.ofThread();
        sink.octet(FORMAT);
        sink.int64(segment.incarnation().getMostSignificantBits());
        sink.int64(segment.incarnation().getLeastSignificantBits());
        sink.varint(segment.epoch());
        sink.varint(segment.head().sequence());
        sink.zigZag(segment.head().timeMicros());
        content(sink, segment.head().hash());
        sink.varint(segment.layouts().size());
        segment.layouts().forEach(layout -> LayoutCodec.write(sink, layout));
        sink.varint(segment.after());
        content(sink, segment.hashBefore());
        sink.varint(segment.commits().size());
        segment.commits().forEach(commit -> write(sink, commit));
        sink.varint(segment.requests().size());
        segment.requests().forEach(request -> write(sink, request));
        return SegmentFrame.of(sink.toByteArray());
    }

    /**
     * The segment that {@link #encode} made {@code bytes} of.
     *
     * @throws StorageException {@code PERMANENT} if it is damaged or of another form, saying where
     */
    public static Segment decode(byte[] bytes) {
        ByteSource source = new ByteSource(SegmentFrame.content(bytes), "a segment of the log");
        int format = source.octet();
        if (format != FORMAT) {
            throw source.malformed("its format is " + format + ", not " + FORMAT + ",");
        }
        UUID incarnation = new UUID(source.int64(), source.int64());
        long epoch = source.varint();
        Head head = new Head(source.varint(), source.zigZag(), hash(source));
        List<StoreLayout> layouts = new ArrayList<>();
        for (int left = source.count(LEAST_LAYOUT); left > 0; left--) {
            layouts.add(LayoutCodec.read(source));
        }
        long after = source.varint();
        byte[] hashBefore = hash(source);
        List<LoggedCommit> commits = new ArrayList<>();
        int count = source.count(LEAST_COMMIT);
        for (int i = 1; i <= count; i++) {
            commits.add(readCommit(source, after + i));
        }
        List<StoredRequest> requests = new ArrayList<>();
        for (int left = source.count(LEAST_REQUEST); left > 0; left--) {
            requests.add(new StoredRequest(
                    source.text(), source.zigZag(), source.varint(), source.octets(), source.octets()));
        }
        source.end();
        return new Segment(incarnation, epoch, head, layouts, after, hashBefore, commits, requests);
    }

    private static void write(ByteSink sink, StoredRequest request) {
        sink.text(request.id());
        sink.zigZag(request.timeMicros());
        sink.varint(request.sequence());
        content(sink, request.fingerprint());
        content(sink, request.outcome());
    }

    private static void write(ByteSink sink, LoggedCommit commit) {
        LoggedHeader header = commit.header();
        sink.zigZag(header.timeMicros());
        sink.text(header.author().origin().name());
        sink.text(header.author().name());
        optionalText(sink, header.reason());
        optionalText(sink, header.correlationId());
        content(sink, commit.hash());
        sink.varint(commit.changes().size());
        for (LoggedChange change : commit.changes()) {
            sink.varint(change.storeId());
            Values.writeKey(sink, change.key());
            sink.varint(change.version());
            sink.text(change.kind().name());
            sink.varint(change.previousId());
            content(sink, change.delta());
            byte[] image = change.image();
            sink.octet(image == null ? ABSENT : PRESENT);
            if (image != null) {
                content(sink, image);
            }
        }
    }

    private static LoggedCommit readCommit(ByteSource source, long sequence) {
        long time = source.zigZag();
        Origin origin = constant(source, Origin.class);
        Author author = new Author(source.text(), origin);
        String reason = optionalText(source);
        String correlation = optionalText(source);
        byte[] hash = hash(source);
        int count = source.count(LEAST_CHANGE);
        List<LoggedChange> changes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            changes.add(readChange(source, ChangeId.of(sequence, i)));
        }
        return new LoggedCommit(new LoggedHeader(sequence, time, author, reason, correlation), changes, hash);
    }

    private static LoggedChange readChange(ByteSource source, long id) {
        int store = source.columnId();
        Object key = Values.read(source);
        if (!(key instanceof String || key instanceof Long || key instanceof UUID)) {
            throw source.malformed("a key is of a kind that no key has");
        }
        long version = source.varint();
        ChangeKind kind = constant(source, ChangeKind.class);
        long previous = source.varint();
        byte[] delta = source.octets();
        return new LoggedChange(
                store, key, version, kind, id, previous, delta, source.octet() == ABSENT ? null : source.octets());
    }

    private static byte[] hash(ByteSource source) {
        byte[] hash = source.octets();
        if (hash.length != HashChain.LENGTH) {
            throw source.malformed("a hash has " + hash.length + " bytes");
        }
        return hash;
    }

    private static <E extends Enum<E>> E constant(ByteSource source, Class<E> type) {
        String name = source.text();
        try {
            return Enum.valueOf(type, name);
        } catch (IllegalArgumentException e) {
            throw source.malformed("there is no " + type.getSimpleName() + " of the name that is there", null);
        }
    }

    private static void content(ByteSink sink, byte[] content) {
        sink.varint(content.length);
        sink.octets(content);
    }

    private static void optionalText(ByteSink sink, @Nullable String text) {
        sink.octet(text == null ? ABSENT : PRESENT);
        if (text != null) {
            sink.text(text);
        }
    }

    private static @Nullable String optionalText(ByteSource source) {
        return source.octet() == ABSENT ? null : source.text();
    }
}
