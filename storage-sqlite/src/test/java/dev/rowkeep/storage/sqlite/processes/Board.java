package dev.rowkeep.storage.sqlite.processes;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Numbers that all processes of a test see at once, whatever becomes of any of them: by record the newest version that anybody was told of,
 * which needs no clock, and what the processes have counted.
 */
final class Board {
    private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final int MOST_RECORDS = 64;

    private final MappedByteBuffer numbers;

    /** What is counted. */
    enum Tally {
        ACKNOWLEDGED,
        RETRIES,
        CACHE_HITS,
        CHECKED_READS,
        DELIVERIES,
        SLOW_DELIVERIES
    }

    Board(Path file) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE)) {
            numbers = channel.map(FileChannel.MapMode.READ_WRITE, 0, (MOST_RECORDS + Tally.values().length) * 8L);
        }
    }

    /** The newest version of a record that anybody was told of. */
    long acknowledged(int record) {
        return (long) LONGS.getAcquire(numbers, record << 3);
    }

    /** Notes that somebody was told of a version. */
    void acknowledge(int record, long version) {
        long now = acknowledged(record);
        while (now < version && !LONGS.compareAndSet(numbers, record << 3, now, version)) {
            now = acknowledged(record);
        }
    }

    void count(Tally tally) {
        LONGS.getAndAdd(numbers, offset(tally), 1L);
    }

    long counted(Tally tally) {
        return (long) LONGS.getAcquire(numbers, offset(tally));
    }

    private static int offset(Tally tally) {
        return (MOST_RECORDS + tally.ordinal()) << 3;
    }
}
