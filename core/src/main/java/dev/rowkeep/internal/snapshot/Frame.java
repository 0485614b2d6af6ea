package dev.rowkeep.internal.snapshot;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The head of a part of a snapshot's file. Its own checksum goes over the file's salt too, so that no part of another file fits.
 *
 * @param kind which kind of part
 * @param number which one of the file's, from 0
 * @param store the store whose images follow; 0 in other parts
 * @param stored how many bytes follow
 * @param raw how many they are when inflated
 * @param checksum the CRC-32C of the bytes that follow
 */
record Frame(int kind, int number, int store, int stored, int raw, int checksum) {
    /** How the file begins. */
    static final long MAGIC = 0x524F574B534E4150L;

    static final int FORMAT = 1;

    /** The bytes of magic and format. */
    static final int PREFIX = Long.BYTES + Integer.BYTES;

    static final int HEADER = 1;
    static final int IMAGES = 2;
    static final int TRAILER = 3;

    /** The bytes of a head. */
    static final int LENGTH = 1 + 6 * Integer.BYTES;

    private static final int CHECKED = LENGTH - Integer.BYTES;

    byte[] encode(int salt) {
        ByteBuffer head = ByteBuffer.allocate(LENGTH);
        head.put((byte) kind)
                .putInt(number)
                .putInt(store)
                .putInt(stored)
                .putInt(raw)
                .putInt(checksum);
        head.putInt(checksum(salt, head.array()));
        return head.array();
    }

    /** What {@code head} says; whether that can be believed is told by {@link #fits}. */
    static Frame decode(byte[] head) {
        ByteBuffer buffer = ByteBuffer.wrap(head);
        return new Frame(
                buffer.get(), buffer.getInt(), buffer.getInt(), buffer.getInt(), buffer.getInt(), buffer.getInt());
    }

    static boolean fits(int salt, byte[] head) {
        return ByteBuffer.wrap(head).getInt(CHECKED) == checksum(salt, head);
    }

    private static int checksum(int salt, byte[] head) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, salt));
        crc.update(head, 0, CHECKED);
        return (int) crc.getValue();
    }

    static int checksum(byte[] content, int length) {
        CRC32C crc = new CRC32C();
        crc.update(content, 0, length);
        return (int) crc.getValue();
    }
}
