package dev.rowkeep.internal.codec;

import dev.rowkeep.spi.Head;
import dev.rowkeep.spi.StoreLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * What a snapshot's file is of, in the form that {@code docs/snapshot-format.md} describes.
 *
 * @param incarnation the log's identity
 * @param epoch which takeover of the log it was
 * @param head the newest commit that the snapshot shows
 * @param layouts the stores, those of the library's own too
 */
public record SnapshotHeader(UUID incarnation, long epoch, Head head, List<StoreLayout> layouts) {
    /** Copies the layouts. */
    public SnapshotHeader {
        layouts = List.copyOf(layouts);
    }

    /** The bytes of it. */
    public byte[] encode() {
        ByteSink sink = ByteSink.own();
        sink.int64(incarnation.getMostSignificantBits());
        sink.int64(incarnation.getLeastSignificantBits());
        sink.varint(epoch);
        sink.varint(head.sequence());
        sink.zigZag(head.timeMicros());
        sink.octets(head.hash());
        sink.varint(layouts.size());
        layouts.forEach(layout -> LayoutCodec.write(sink, layout));
        return sink.toByteArray();
    }

    /**
     * What {@code bytes} hold.
     *
     * @throws dev.rowkeep.spi.StorageException {@code PERMANENT} if that is nothing that {@link #encode} gives
     */
    public static SnapshotHeader decode(byte[] bytes) {
        ByteSource source = new ByteSource(bytes, "a snapshot's header");
        UUID incarnation = new UUID(source.int64(), source.int64());
        long epoch = source.varint();
        Head head = new Head(source.varint(), source.zigZag(), source.octets(HashChain.LENGTH));
        int count = source.count(1);
        List<StoreLayout> layouts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            layouts.add(LayoutCodec.read(source));
        }
        source.end();
        return new SnapshotHeader(incarnation, epoch, head, layouts);
    }
}
