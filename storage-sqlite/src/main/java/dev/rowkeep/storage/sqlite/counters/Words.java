package dev.rowkeep.storage.sqlite.counters;

/** Numbers that several threads or processes read and write, in one order that all of them see. All are 0 at first. */
public interface Words {
    /** The word at {@code index}; what was written before it was set is seen by who reads it here. */
    long get(int index);

    /** Sets the word at {@code index}; nothing that is written afterwards is seen before it. */
    void set(int index, long value);

    /** Sets the word at {@code index} if it is {@code expected}; whether it did. */
    boolean compareAndSet(int index, long expected, long value);
}
