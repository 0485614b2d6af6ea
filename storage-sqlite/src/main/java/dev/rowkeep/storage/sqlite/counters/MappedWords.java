package dev.rowkeep.storage.sqlite.counters;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;

/** Words in a mapped file, from {@link CounterFile#HEADER_BYTES} on. Every process that maps the file sees the same. */
final class MappedWords implements Words {
    private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final MappedByteBuffer file;

    MappedWords(MappedByteBuffer file) {
        this.file = file;
    }

    @Override
    public long get(int index) {
        return (long) LONGS.getAcquire(file, offset(index));
    }

    /** The fence keeps what native code writes afterwards, such as a commit, from being seen before the word. */
    @Override
    public void set(int index, long value) {
        LONGS.setVolatile(file, offset(index), value);
        VarHandle.fullFence();
    }

    @Override
    public boolean compareAndSet(int index, long expected, long value) {
        return LONGS.compareAndSet(file, offset(index), expected, value);
    }

    private static int offset(int index) {
        return CounterFile.HEADER_BYTES + (index << 3);
    }
}
