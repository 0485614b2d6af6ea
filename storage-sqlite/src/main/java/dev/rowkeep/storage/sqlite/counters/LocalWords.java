package dev.rowkeep.storage.sqlite.counters;

import java.util.concurrent.atomic.AtomicLongArray;

/** The words of one process alone. */
public final class LocalWords implements Words {
    private final AtomicLongArray words;

    /** A number of words. */
    public LocalWords(int count) {
        words = new AtomicLongArray(count);
    }

    @Override
    public long get(int index) {
        return words.get(index);
    }

    @Override
    public void set(int index, long value) {
        words.set(index, value);
    }

    @Override
    public boolean compareAndSet(int index, long expected, long value) {
        return words.compareAndSet(index, expected, value);
    }
}
