package dev.rowkeep.internal.snapshot;

import dev.rowkeep.internal.codec.ImageBlock;
import dev.rowkeep.internal.codec.SnapshotHeader;
import dev.rowkeep.internal.codec.SnapshotTrailer;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StoreLayout;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Reads a snapshot's file, believing none of it: each part is checked before it is used, and the parts are told to be all of them. Owned by
 * one thread; reads once.
 */
public final class SnapshotReader implements AutoCloseable {
    private final Path path;
    private final RandomAccessFile file;
    private final long length;
    private final Inflater inflater = new Inflater(true);
    private final SnapshotHeader header;
    private int salt;
    private int parts;
    private long at;
    private @Nullable MessageDigest digest;

    private SnapshotReader(Path path, boolean whole) throws IOException {
        this.path = path;
        this.file = opened(path);
        boolean isOpen = false;
        try {
            this.length = file.length();
            this.digest = whole ? sha256() : null;
            ByteBuffer prefix = ByteBuffer.wrap(bytes(Frame.PREFIX));
            if (prefix.getLong() != Frame.MAGIC) {
                throw damaged(0, "it is no snapshot file.");
            }
            if (prefix.getInt() != Frame.FORMAT) {
                throw damaged(
                        Long.BYTES, "it is of another format than " + Frame.FORMAT + ", which this version reads.");
            }
            Frame frame = frame();
            if (frame.kind() != Frame.HEADER || frame.stored() != frame.raw()) {
                throw damaged(Frame.PREFIX, "there is no header.");
            }
            byte[] content = content(frame);
            this.header = decoded(content, SnapshotHeader::decode);
            this.salt = frame.checksum();
            isOpen = true;
        } finally {
            if (!isOpen) {
                close();
            }
        }
    }

    /** Opened at once: whoever drops a snapshot takes its file away whenever that is. */
    private static RandomAccessFile opened(Path path) throws IOException {
        try {
            return new RandomAccessFile(path.toFile(), "r");
        } catch (FileNotFoundException e) {
            if (Files.notExists(path)) {
                throw (IOException) new NoSuchFileException(path.toString()).initCause(e);
            }
            throw e; // It is there, and this user may not read it.
        }
    }

    /**
     * Opens the file at {@code path} to read some stores of.
     *
     * @throws NoSuchFileException if it is not there
     * @throws SnapshotDamagedException if it does not begin as one
     */
    public static SnapshotReader open(Path path) throws IOException {
        return new SnapshotReader(path, false);
    }

    /**
     * Reads the whole file and checks every byte of it; returns its trailer.
     *
     * @throws NoSuchFileException if it is not there
     * @throws SnapshotDamagedException if a byte of it is another, is missing, or is there besides
     */
    public static SnapshotTrailer verify(Path path) throws IOException {
        return readAll(path, layout -> layout, (layout, image) -> {});
    }

    /**
     * As {@link #verify}, and gives the images of all stores to {@code consumer}, each in the form of its layout that {@code forms} gives. What
     * the consumer throws passes unchanged. That the file is whole is known when this returns.
     */
    public static SnapshotTrailer readAll(
            Path path, UnaryOperator<StoreLayout> forms, BiConsumer<StoreLayout, Image> consumer) throws IOException {
        try (SnapshotReader reader = new SnapshotReader(path, true)) {
            return reader.walk(store -> reader.layout(store).map(forms), consumer);
        }
    }

    /** What the snapshot is of. */
    public SnapshotHeader header() {
        return header;
    }

    /**
     * Gives the images of one store to {@code consumer}, in the form of {@code layout}, live ones by key first and tombstones after. What belongs
     * to other stores is passed over.
     *
     * @throws SnapshotDamagedException if what had to be read of the file is not what was written
     */
    public void read(StoreLayout layout, Consumer<Image> consumer) throws IOException {
        walk(
                store -> store == layout.id() ? Optional.of(layout) : Optional.empty(),
                (any, image) -> consumer.accept(image));
    }

    private Optional<StoreLayout> layout(int store) {
        return header.layouts().stream().filter(layout -> layout.id() == store).findFirst();
    }

    private SnapshotTrailer walk(
            Function<Integer, Optional<StoreLayout>> layouts, BiConsumer<StoreLayout, Image> consumer)
            throws IOException {
        Counts counts = new Counts();
        while (true) {
            long begin = at;
            byte[] before = digest == null ? new byte[0] : clone(digest).digest();
            Frame frame = frame();
            if (frame.kind() == Frame.TRAILER) {
                SnapshotTrailer trailer = decoded(content(frame), SnapshotTrailer::decode);
                requireWhole(trailer, counts, before, begin);
                return trailer;
            }
            if (frame.kind() != Frame.IMAGES) {
                throw damaged(begin, "there is no kind of part " + frame.kind() + ".");
            }
            Optional<StoreLayout> layout = layouts.apply(frame.store());
            if (layout.isPresent()) {
                for (Image image : decoded(inflated(frame, content(frame)), bytes -> images(layout.get(), bytes))) {
                    counts.add(image);
                    consumer.accept(layout.get(), image);
                }
            } else if (digest != null) {
                throw damaged(begin, "its header has no store " + frame.store() + ".");
            } else {
                skip(frame.stored());
            }
        }
    }

    /** All of a block, so that nothing the consumer throws is taken for damage. */
    private static List<Image> images(StoreLayout layout, byte[] bytes) {
        List<Image> images = new ArrayList<>();
        ImageBlock.decode(layout, bytes, images::add);
        return images;
    }

    /** Counts what goes by. */
    private static final class Counts {
        private long records;
        private long tombstones;

        private void add(Image image) {
            if (image.isLive()) {
                records++;
            } else {
                tombstones++;
            }
        }
    }

    private void requireWhole(SnapshotTrailer trailer, Counts counts, byte[] sum, long begin) throws IOException {
        if (at != length) {
            throw damaged(at, "there are " + (length - at) + " bytes after its end.");
        }
        if (trailer.blocks() != parts - 2L) {
            throw damaged(begin, "it has " + (parts - 2) + " blocks, and says " + trailer.blocks() + ".");
        }
        if (digest == null) {
            return;
        }
        if (!Arrays.equals(sum, trailer.digest())) {
            throw damaged(begin, "its SHA-256 is another.");
        }
        if (trailer.records() != counts.records || trailer.tombstones() != counts.tombstones) {
            throw damaged(begin, "it holds other numbers of records than it says.");
        }
    }

    private Frame frame() throws IOException {
        long begin = at;
        byte[] head = bytes(Frame.LENGTH);
        Frame frame = Frame.decode(head);
        if (!Frame.fits(salt, head)) {
            throw damaged(begin, "the checksum of a part's head is another.");
        }
        if (frame.number() != parts || frame.stored() < 0 || frame.raw() < 0 || frame.stored() > length - at) {
            throw damaged(begin, "a part is not where it belongs, or is cut off.");
        }
        parts++;
        return frame;
    }

    private byte[] content(Frame frame) throws IOException {
        long begin = at;
        byte[] content = bytes(frame.stored());
        if (Frame.checksum(content, content.length) != frame.checksum()) {
            throw damaged(begin, "the checksum of a part's " + content.length + " bytes is another.");
        }
        return content;
    }

    private byte[] inflated(Frame frame, byte[] content) throws IOException {
        byte[] raw = new byte[frame.raw()];
        try {
            inflater.reset();
            inflater.setInput(content);
            int done = 0;
            while (done < raw.length && !inflater.finished() && !inflater.needsInput()) {
                done += inflater.inflate(raw, done, raw.length - done);
            }
            if (done < raw.length || inflater.inflate(new byte[1]) > 0) {
                throw damaged(at - content.length, "a block has another length than it says.");
            }
            return raw;
        } catch (DataFormatException e) {
            throw damaged(at - content.length, "a block cannot be inflated.", e);
        }
    }

    private <R> R decoded(byte[] bytes, Function<byte[], R> decoder) throws IOException {
        try {
            return decoder.apply(bytes);
        } catch (StorageException | IllegalArgumentException e) {
            throw damaged(at - bytes.length, "a part's content cannot be read.", e);
        }
    }

    private byte[] bytes(int count) throws IOException {
        if (count > length - at) {
            throw damaged(length, "it ends here, and " + (count - (length - at)) + " bytes more must follow.");
        }
        byte[] bytes = new byte[count];
        file.readFully(bytes);
        at += count;
        if (digest != null) {
            digest.update(bytes);
        }
        return bytes;
    }

    private void skip(int count) throws IOException {
        at += count;
        file.seek(at);
    }

    private SnapshotDamagedException damaged(long place, String why) {
        return damaged(place, why, null);
    }

    private SnapshotDamagedException damaged(long place, String why, @Nullable Throwable cause) {
        return new SnapshotDamagedException(path, place, parts, why, cause);
    }

    private static MessageDigest clone(MessageDigest digest) {
        try {
            return (MessageDigest) digest.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("This Java runtime's SHA-256 cannot be copied", e);
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java runtime has no SHA-256, which every one must have", e);
        }
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        file.close();
    }
}
