package dev.rowkeep.internal.codec;

/**
 * What a snapshot's file ends with, in the form that {@code docs/snapshot-format.md} describes. The array is shared and must never be
 * written to.
 *
 * @param blocks how many blocks of images there are
 * @param records how many live records are in them
 * @param tombstones how many tombstones
 * @param digest the SHA-256 of the file up to here, 32 bytes
 */
public record SnapshotTrailer(long blocks, long records, long tombstones, byte[] digest) {
    /** The bytes of it. */
    public byte[] encode() {
        ByteSink sink = ByteSink.own();
        sink.varint(blocks);
        sink.varint(records);
        sink.varint(tombstones);
        sink.octets(digest);
        return sink.toByteArray();
    }

    /**
     * What {@code bytes} hold.
     *
     * @throws dev.rowkeep.spi.StorageException {@code PERMANENT} if that is nothing that {@link #encode} gives
     */
    public static SnapshotTrailer decode(byte[] bytes) {
        ByteSource source = new ByteSource(bytes, "a snapshot's trailer");
        SnapshotTrailer trailer =
                new SnapshotTrailer(source.varint(), source.varint(), source.varint(), source.octets(HashChain.LENGTH));
        source.end();
        return trailer;
    }
}
