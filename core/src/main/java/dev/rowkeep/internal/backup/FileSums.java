package dev.rowkeep.internal.backup;

import dev.rowkeep.backup.BackupException.Damage;
import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * What a backup's list says of one file.
 *
 * @param name its name below the backup's folder, with {@code /} between folder and file
 * @param bytes its length
 * @param blocks the SHA-256 of each {@value #BLOCK_BYTES} bytes, the last of which may be fewer, as lower-case hexadecimal digits
 */
record FileSums(String name, long bytes, List<String> blocks) {
    static final int BLOCK_BYTES = 1 << 16;

    FileSums {
        blocks = List.copyOf(blocks);
    }

    /** What is done with each block as it is read. */
    @FunctionalInterface
    interface BlockSink {
        void take(byte[] bytes, int length) throws IOException;
    }

    /** What a file that is not what was written is told as. */
    static final class DamagedFile extends IOException {
        private static final long serialVersionUID = 1L;
        private final transient Damage damage;

        DamagedFile(Damage damage, String found) {
            super(found);
            this.damage = damage;
        }

        Damage damage() {
            return damage;
        }
    }

    /** The sums of the file as it is. */
    static FileSums of(Path folder, String name, LongConsumer done) throws IOException {
        List<String> blocks = new ArrayList<>();
        long bytes = 0;
        try (InputStream input = new FileInputStream(folder.resolve(name).toFile())) {
            byte[] block = new byte[BLOCK_BYTES];
            for (int length = input.readNBytes(block, 0, BLOCK_BYTES);
                    length > 0;
                    length = input.readNBytes(block, 0, BLOCK_BYTES)) {
                blocks.add(sum(block, length));
                bytes += length;
                done.accept(length);
            }
        }
        return new FileSums(name, bytes, blocks);
    }

    /** Reads the file, and gives {@code sink} each block that is as it was written. */
    void check(Path folder, BlockSink sink) throws IOException {
        long at = 0;
        try (InputStream input =
                new BufferedInputStream(new FileInputStream(folder.resolve(name).toFile()), BLOCK_BYTES)) {
            byte[] block = new byte[BLOCK_BYTES];
            for (String expected : blocks) {
                int wanted = (int) Math.min(BLOCK_BYTES, bytes - at);
                int length = input.readNBytes(block, 0, wanted);
                if (length < wanted) {
                    throw new DamagedFile(
                            new Damage(name, at + length, bytes),
                            "it ends after " + (at + length) + " of " + bytes + " bytes");
                }
                if (!sum(block, length).equals(expected)) {
                    throw new DamagedFile(
                            new Damage(name, at, at + length), "they are not the bytes that were written");
                }
                sink.take(block, length);
                at += length;
            }
            if (input.read() >= 0) {
                throw new DamagedFile(new Damage(name, bytes, bytes + 1), "more follows than was written");
            }
        }
    }

    private static String sum(byte[] bytes, int length) {
        MessageDigest digest = sha256();
        digest.update(bytes, 0, length);
        return HexFormat.of().formatHex(digest.digest());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
