package dev.rowkeep.storage.sqlite.counters;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.util.Optional;
import java.util.UUID;

/**
 * A mapped file of {@link CommitCounters}: a header with a magic number, which shows the byte order, and a random id, then two words per place.
 *
 * <p>All its bytes are written when it is made, so that a disk that is full later does not fail a write into the mapping. It is never
 * synced: what it says only matters between processes that live. The mapping stays valid when the file is removed; it goes when nobody
 * refers to it any more.
 */
public final class CounterFile {
    /** How many places there are: a megabyte. One is for the log as a whole. */
    public static final int PLACES = 1 << 16;

    static final int HEADER_BYTES = 64;
    private static final int BYTES = HEADER_BYTES + PLACES * 16;

    /** "RwKpCnt" and a version; read in the byte order of the machine, so that another one's file is not taken for ours. */
    private static final long MAGIC = 0x52774B70436E7401L;

    private static final int ID_AT = 8;

    private final UUID id;
    private final CommitCounters counters;

    private CounterFile(UUID id, MappedByteBuffer file) {
        this.id = id;
        this.counters = new CommitCounters(new MappedWords(file), new LocalWords(PLACES << 1), PLACES);
    }

    /**
     * Maps the file at {@code path}; empty if it is not there, or is short or not such a file.
     *
     * @throws IOException if it cannot be read or mapped
     */
    public static Optional<CounterFile> open(Path path) throws IOException {
        if (!Files.isRegularFile(path)) {
            return Optional.empty();
        }
        // Not Files.newByteChannel: an interrupt would close it.
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            if (file.length() != BYTES) {
                return Optional.empty();
            }
            MappedByteBuffer mapped = file.getChannel().map(MapMode.READ_WRITE, 0, BYTES);
            mapped.order(ByteOrder.nativeOrder());
            return mapped.getLong(0) == MAGIC
                    ? Optional.of(new CounterFile(new UUID(mapped.getLong(ID_AT), mapped.getLong(ID_AT + 8)), mapped))
                    : Optional.empty();
        }
    }

    /**
     * Makes a new file at {@code path}, whole or not at all, with all counters at 0, and maps it. Processes that have mapped another file
     * of that name would not see what is counted in this one: there must be none.
     *
     * @throws IOException if it cannot be made or mapped
     */
    public static CounterFile create(Path path, FileAttribute<?>... attributes) throws IOException {
        Path draft = path.resolveSibling(path.getFileName() + ".new");
        Files.deleteIfExists(draft);
        Files.createFile(draft, attributes);
        try {
            ByteBuffer content = ByteBuffer.allocate(BYTES).order(ByteOrder.nativeOrder());
            UUID id = UUID.randomUUID();
            content.putLong(0, MAGIC);
            content.putLong(ID_AT, id.getMostSignificantBits());
            content.putLong(ID_AT + 8, id.getLeastSignificantBits());
            try (RandomAccessFile file = new RandomAccessFile(draft.toFile(), "rw")) {
                FileChannel channel = file.getChannel();
                while (content.hasRemaining()) {
                    channel.write(content);
                }
            }
            Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
        return open(path).orElseThrow(() -> new IOException("The file that was just made is not there"));
    }

    /** The random id that this file was made with. */
    public UUID id() {
        return id;
    }

    /** The counters in it. */
    public CommitCounters counters() {
        return counters;
    }

    /** Repairs all places. For the holder of the write lock, with nothing begun by itself. */
    public void repairAll() {
        for (int place = 0; place < PLACES; place++) {
            counters.repair(place);
        }
    }
}
