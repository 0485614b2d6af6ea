package dev.rowkeep.internal.snapshot;

import dev.rowkeep.internal.codec.ImageBlock;
import dev.rowkeep.internal.codec.SnapshotHeader;
import dev.rowkeep.internal.codec.SnapshotTrailer;
import dev.rowkeep.internal.file.Durable;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.ImageScan;
import dev.rowkeep.spi.StoreLayout;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/** Writes a snapshot's file, in memory that does not grow with it. Owned by one thread. */
public final class SnapshotWriter implements AutoCloseable {
    /** A block is closed when it has so many bytes. */
    private static final int BLOCK_BYTES = 1 << 18;

    private final OutputStream out;
    private final MessageDigest digest = SnapshotReader.sha256();
    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
    private final Runnable onBlock;
    private @Nullable ImageBlock block;
    private byte[] deflated = new byte[BLOCK_BYTES];
    private int salt;
    private int parts;
    private long records;
    private long tombstones;

    /** Begins a file that is not there yet; {@code onBlock} runs before each block, and may throw to give up. */
    public SnapshotWriter(Path file, SnapshotHeader header, Runnable onBlock) throws IOException {
        this.onBlock = onBlock;
        this.out = new BufferedOutputStream(new FileOutputStream(file.toFile(), false), 1 << 16);
        ByteBuffer prefix = ByteBuffer.allocate(Frame.PREFIX);
        write(prefix.putLong(Frame.MAGIC).putInt(Frame.FORMAT).array(), Frame.PREFIX);
        byte[] bytes = header.encode();
        write(Frame.HEADER, 0, bytes, bytes.length, bytes.length);
        salt = Frame.checksum(bytes, bytes.length);
    }

    /** Writes all images of a scan of a store; returns how many. */
    public long write(StoreLayout layout, ImageScan scan) throws IOException {
        long images = 0;
        for (Image image = scan.next(); image != null; image = scan.next()) {
            write(layout, image);
            images++;
        }
        return images;
    }

    /** Writes an image of a store. Those of one store come one after the other. */
    public void write(StoreLayout layout, Image image) throws IOException {
        if (block == null || block.layout().id() != layout.id()) {
            endBlock();
            block = new ImageBlock(layout);
        }
        block.add(image);
        if (image.isLive()) {
            records++;
        } else {
            tombstones++;
        }
        if (block.size() >= BLOCK_BYTES) {
            endBlock();
        }
    }

    private void endBlock() throws IOException {
        if (block != null && block.size() > 0) {
            write(block.layout().id(), block.take());
        }
    }

    private void write(int store, byte[] raw) throws IOException {
        onBlock.run();
        deflater.reset();
        deflater.setInput(raw);
        deflater.finish();
        int length = 0;
        while (!deflater.finished()) {
            if (length == deflated.length) {
                deflated = java.util.Arrays.copyOf(deflated, Math.multiplyExact(2, length));
            }
            length += deflater.deflate(deflated, length, deflated.length - length);
        }
        write(Frame.IMAGES, store, deflated, length, raw.length);
    }

    /** Ends the file; returns its SHA-256, up to the trailer, which holds it. Makes nothing durable. */
    public byte[] finish() throws IOException {
        endBlock();
        byte[] sum = digest.digest();
        byte[] trailer = new SnapshotTrailer(parts - 1L, records, tombstones, sum).encode();
        write(Frame.TRAILER, 0, trailer, trailer.length, trailer.length);
        out.flush();
        return sum;
    }

    private void write(int kind, int store, byte[] content, int stored, int raw) throws IOException {
        Frame frame = new Frame(kind, parts++, store, stored, raw, Frame.checksum(content, stored));
        write(frame.encode(salt), Frame.LENGTH);
        write(content, stored);
    }

    private void write(byte[] bytes, int length) throws IOException {
        digest.update(bytes, 0, length);
        out.write(bytes, 0, length);
    }

    /** Gives everything back; a file that is not finished is for nobody to read. */
    @Override
    public void close() throws IOException {
        deflater.end();
        out.close();
    }

    /** Makes the empty file, for its owner only. */
    public static void create(Path file) throws IOException {
        Durable.createFile(file);
    }
}
