package dev.rowkeep.storage.duckdb.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.util.zip.CRC32C;

/**
 * The CRC-32C of any range of a part of a file, each in the same short time, after one pass over it: the checksums from the part's
 * beginning are kept for every block, and that of a range follows from those up to its two ends.
 *
 * <p>A CRC is linear: the one of A followed by B is the one of A, times x to the number of B's bits, plus the one of B, all modulo the
 * polynomial over GF(2). The arithmetic is that of zlib's {@code crc32_combine}.
 */
final class RangeChecksums {
    private static final int BLOCK_BYTES = 256;
    private static final int READ_BYTES = BLOCK_BYTES * 256;

    /** Castagnoli's polynomial; as everywhere here, the highest bit is the lowest power. */
    private static final int POLYNOMIAL = 0x82F63B78;

    private static final int ONE = 1 << 31;

    /** x to the power of 8 · 2ⁿ: what a checksum is multiplied by for 2ⁿ bytes more. */
    private static final int[] BYTE_POWERS = bytePowers();

    private final RandomAccessFile file;
    private final long from;
    private final int[] atBlocks;

    private RangeChecksums(RandomAccessFile file, long from, int[] atBlocks) {
        this.file = file;
        this.from = from;
        this.atBlocks = atBlocks;
    }

    /** Of the part between two places of a file. */
    static RangeChecksums of(RandomAccessFile file, long from, long to) throws IOException {
        int[] atBlocks = new int[Math.toIntExact((to - from) / BLOCK_BYTES + 1)];
        CRC32C checksum = new CRC32C();
        byte[] bytes = new byte[READ_BYTES];
        int block = 0;
        file.seek(from);
        for (long rest = to - from; rest >= BLOCK_BYTES; ) {
            int length = (int) Math.min(READ_BYTES, rest - rest % BLOCK_BYTES);
            file.readFully(bytes, 0, length);
            for (int at = 0; at < length; at += BLOCK_BYTES) {
                checksum.update(bytes, at, BLOCK_BYTES);
                atBlocks[++block] = (int) checksum.getValue();
            }
            rest -= length;
        }
        return new RangeChecksums(file, from, atBlocks);
    }

    /** The checksum of the bytes from {@code begin} to before {@code end}, two places of the file within the part. */
    int of(long begin, long end) throws IOException {
        return upTo(end) ^ lengthened(upTo(begin), end - begin);
    }

    private int upTo(long place) throws IOException {
        int block = (int) ((place - from) / BLOCK_BYTES);
        byte[] rest = new byte[(int) ((place - from) % BLOCK_BYTES)];
        file.seek(place - rest.length);
        file.readFully(rest);
        return lengthened(atBlocks[block], rest.length) ^ SegmentFormat.checksum(rest, rest.length);
    }

    /** A checksum times x to the number of bits in {@code bytes}. */
    private static int lengthened(int checksum, long bytes) {
        int product = checksum;
        for (int i = 0; bytes >> i != 0; i++) {
            if ((bytes >> i & 1) != 0) {
                product = times(product, BYTE_POWERS[i]);
            }
        }
        return product;
    }

    private static int times(int one, int other) {
        int product = 0;
        int shifted = other;
        for (int bit = ONE; bit != 0; bit >>>= 1) {
            if ((one & bit) != 0) {
                product ^= shifted;
            }
            shifted = (shifted & 1) != 0 ? shifted >>> 1 ^ POLYNOMIAL : shifted >>> 1;
        }
        return product;
    }

    private static int[] bytePowers() {
        int[] powers = new int[Long.SIZE];
        powers[0] = ONE >>> 8;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = times(powers[i - 1], powers[i - 1]);
        }
        return powers;
    }
}
