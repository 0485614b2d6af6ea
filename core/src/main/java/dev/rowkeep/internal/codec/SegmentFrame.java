package dev.rowkeep.internal.codec;

import dev.rowkeep.spi.StorageException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Compressed bytes with checksums, in the form that {@code docs/shipping.md} describes: a header, then blocks of 4 KiB with a checksum behind
 * each, so that whatever was changed on the way is found, and the block named in which it was.
 */
final class SegmentFrame {
    private static final long MAGIC = 0x52774B7053686970L; // "RwKpShip"
    private static final int FORM = 1;
    private static final int HEADER = 24;
    private static final int BLOCK = 4096;
    private static final int CHECKSUM = 4;

    /** What deflate can make of one byte at most, with some to spare. */
    private static final int MOST_EXPANSION = 1100;

    private SegmentFrame() {}

    static byte[] of(byte[] content) {
        byte[] packed = deflated(content);
        int blocks = blocks(packed.length);
        ByteBuffer frame = ByteBuffer.allocate(HEADER + packed.length + blocks * CHECKSUM);
        frame.putLong(MAGIC).putInt(FORM).putInt(content.length).putInt(packed.length);
        frame.putInt(checksum(-1, frame.array(), 0, HEADER - CHECKSUM));
        for (int block = 0; block < blocks; block++) {
            int from = block * BLOCK;
            int length = Math.min(BLOCK, packed.length - from);
            frame.put(packed, from, length);
            frame.putInt(checksum(block, packed, from, length));
        }
        return frame.array();
    }

    /**
     * The content of a frame.
     *
     * @throws StorageException {@code PERMANENT} if it is not exactly what {@link #of} made, naming the bytes that are not
     */
    static byte[] content(byte[] frame) {
        if (frame.length < HEADER) {
            throw damaged("it has " + frame.length + " bytes, and the header alone has " + HEADER);
        }
        ByteBuffer header = ByteBuffer.wrap(frame);
        long magic = header.getLong();
        int form = header.getInt();
        int length = header.getInt();
        int packedLength = header.getInt();
        if (header.getInt() != checksum(-1, frame, 0, HEADER - CHECKSUM)) {
            throw damaged("its header, bytes 0 to " + (HEADER - 1) + ", does not have its checksum");
        }
        if (magic != MAGIC || form != FORM) {
            throw damaged("it is not a segment of form " + FORM);
        }
        if (length < 0
                || packedLength < 0
                || frame.length != HEADER + packedLength + (long) blocks(packedLength) * CHECKSUM
                || length > (long) packedLength * MOST_EXPANSION) {
            throw damaged(
                    "it has " + frame.length + " bytes, and its header says otherwise: it was cut off or added to");
        }
        byte[] packed = new byte[packedLength];
        for (int block = 0; block < blocks(packedLength); block++) {
            int from = HEADER + block * (BLOCK + CHECKSUM);
            int size = Math.min(BLOCK, packedLength - block * BLOCK);
            if (ByteBuffer.wrap(frame).getInt(from + size) != checksum(block, frame, from, size)) {
                throw damaged("bytes " + from + " to " + (from + size + CHECKSUM - 1) + " do not have their checksum");
            }
            System.arraycopy(frame, from, packed, block * BLOCK, size);
        }
        return inflated(packed, length);
    }

    private static int blocks(int length) {
        return (length + BLOCK - 1) / BLOCK;
    }

    /** Covers the block's number, so that blocks cannot change places. */
    private static int checksum(int block, byte[] bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, block));
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }

    private static byte[] deflated(byte[] content) {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try {
            deflater.setInput(content);
            deflater.finish();
            ByteArrayOutputStream packed = new ByteArrayOutputStream(content.length / 2 + 64);
            byte[] some = new byte[BLOCK];
            while (!deflater.finished()) {
                packed.write(some, 0, deflater.deflate(some));
            }
            return packed.toByteArray();
        } finally {
            deflater.end();
        }
    }

    private static byte[] inflated(byte[] packed, int length) {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(packed);
            byte[] content = new byte[length];
            int at = 0;
            while (at < length) {
                int got = inflater.inflate(content, at, length - at);
                if (got == 0) {
                    throw damaged("its content ends before its length");
                }
                at += got;
            }
            if (inflater.inflate(new byte[1]) != 0 || !inflater.finished()) {
                throw damaged("its content goes on behind its length");
            }
            return content;
        } catch (DataFormatException e) {
            throw damaged("its content cannot be unpacked");
        } finally {
            inflater.end();
        }
    }

    private static StorageException damaged(String why) {
        return new StorageException(
                StorageException.Kind.PERMANENT,
                "A segment of the log is damaged: " + why + ". Nothing of it was taken. Ship it again.",
                null);
    }
}
