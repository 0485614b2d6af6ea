package dev.rowkeep.internal.engine;

import dev.rowkeep.error.ClosedException;
import dev.rowkeep.spi.StorageProvider;

/** The door that every public call goes through: refuses calls on a closed handle and calls from inside a callback. */
final class Entry {
    private final StorageProvider.Access access;
    private volatile boolean closed;

    Entry(StorageProvider.Access access) {
        this.access = access;
    }

    /**
     * Lets a call in.
     *
     * @throws ClosedException if the handle is closed
     * @throws dev.rowkeep.error.ReentrantCallException if the calling thread is in a callback
     */
    void check(String call) {
        CallbackScope.refuse(call);
        requireOpen();
    }

    /**
     * Checks that the handle is open.
     *
     * @throws ClosedException if it is closed
     */
    void requireOpen() {
        if (closed) {
            throw new ClosedException("RowKeep");
        }
    }

    boolean isOpen() {
        return !closed;
    }

    /**
     * Lets a write in.
     *
     * @throws IllegalStateException if the handle is for reading only
     */
    void checkWrite(String call) {
        check(call);
        requireWritable(call);
    }

    /**
     * Checks that the handle is for writing.
     *
     * @throws IllegalStateException if it is for reading only
     */
    void requireWritable(String call) {
        if (access == StorageProvider.Access.READ_ONLY) {
            throw new IllegalStateException("Cannot " + call
                    + ": the storage was opened for reading only. Open it with RowKeep.open to write.");
        }
    }

    /** Closes the door; false if it was closed already. */
    synchronized boolean close() {
        boolean first = !closed;
        closed = true;
        return first;
    }
}
