package dev.rowkeep.storage.sqlite.counters;

import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * What programs share: a storage of two records in one place, its write lock, the counters, and what each process keeps. All of it is one
 * array of small numbers, as there are very many worlds.
 */
final class World {
    private static final int KEYS = 2;
    private static final int PROCESSES = 3;
    private static final long FREE = 0;

    /** Who holds the write lock, from 1. */
    private static final int HOLDER = 0;

    private static final int SHARED = 1;

    /** By process: two words of its own. */
    private static final int OWN = SHARED + 2;

    /** By key: the version in the storage. */
    private static final int STORED = OWN + 2 * PROCESSES;

    /** By key: the newest version that a writer was told of. */
    private static final int ACKNOWLEDGED = STORED + KEYS;

    /** By process and key: the version that is kept (0 for none), its stamp, and how often the key's window opened and closed. */
    private static final int KEPT = ACKNOWLEDGED + KEYS;

    private static final int STAMPS = KEPT + PROCESSES * KEYS;
    private static final int WINDOWS = STAMPS + PROCESSES * KEYS;
    private static final int SIZE = WINDOWS + PROCESSES * KEYS;

    private final long[] numbers;

    World() {
        this(new long[SIZE]);
        for (int key = 0; key < KEYS; key++) {
            numbers[STORED + key] = 1;
            numbers[ACKNOWLEDGED + key] = 1;
        }
    }

    private World(long[] numbers) {
        this.numbers = numbers;
    }

    World copy() {
        return new World(numbers.clone());
    }

    /** Adds all that there is. */
    void describe(StringBuilder state) {
        for (long number : numbers) {
            state.append((char) number);
        }
    }

    private static int at(int table, int process, int key) {
        return table + process * KEYS + key;
    }

    /** The system lets go of the lock; a commit that is not visible never will be. */
    void die(int process, List<Interleavings.Actor> actors) {
        if (numbers[HOLDER] != FREE && actors.get((int) numbers[HOLDER] - 1).process() == process) {
            numbers[HOLDER] = FREE;
        }
    }

    long lock(int actor) {
        if (numbers[HOLDER] != FREE) {
            return Interleavings.Steps.BLOCKED;
        }
        numbers[HOLDER] = actor + 1;
        return 0;
    }

    /** Makes the next version of a record visible and gives the lock back, in one step. */
    long commit(int key) {
        numbers[HOLDER] = FREE;
        return ++numbers[STORED + key];
    }

    long rollback() {
        numbers[HOLDER] = FREE;
        return 0;
    }

    long read(int key) {
        return numbers[STORED + key];
    }

    long acknowledge(int key, long version) {
        numbers[ACKNOWLEDGED + key] = Math.max(numbers[ACKNOWLEDGED + key], version);
        return 0;
    }

    long acknowledged(int key) {
        return numbers[ACKNOWLEDGED + key];
    }

    /** The version that is kept, or 0, and below it its stamp. */
    long kept(int process, int key) {
        return numbers[at(KEPT, process, key)] << 32 | numbers[at(STAMPS, process, key)];
    }

    long keep(int process, int key, long version, long stamp) {
        numbers[at(KEPT, process, key)] = version;
        numbers[at(STAMPS, process, key)] = stamp;
        return 0;
    }

    /** Keeps what was loaded if the window of the key did not move since {@code window}. */
    long install(int process, int key, long version, long stamp, long window) {
        return window(process, key) == window ? keep(process, key, version, stamp) : 0;
    }

    long window(int process, int key) {
        return numbers[at(WINDOWS, process, key)];
    }

    long openWindow(int process, int key) {
        numbers[at(KEPT, process, key)] = 0;
        return ++numbers[at(WINDOWS, process, key)];
    }

    long closeWindow(int process, int key) {
        return ++numbers[at(WINDOWS, process, key)];
    }

    /** The counters as a process sees them, each access being a step. */
    static CommitCounters counters(int process, Interleavings.Steps steps) {
        return new CommitCounters(
                new SteppedWords(steps, index -> SHARED + index),
                new SteppedWords(steps, index -> OWN + 2 * process + index),
                1);
    }

    /** The same for a process that reads nothing: what only one thread uses needs no steps. */
    static CommitCounters countersUnread(Interleavings.Steps steps) {
        return new CommitCounters(new SteppedWords(steps, index -> SHARED + index), new LocalWords(2), 1);
    }

    private record SteppedWords(Interleavings.Steps steps, IntUnaryOperator place) implements Words {
        @Override
        public long get(int index) {
            return steps.step(world -> world.numbers[place.applyAsInt(index)]);
        }

        @Override
        public void set(int index, long value) {
            steps.step(world -> world.numbers[place.applyAsInt(index)] = value);
        }

        @Override
        public boolean compareAndSet(int index, long expected, long value) {
            return steps.step(world -> world.compareAndSet(place.applyAsInt(index), expected, value)) == 1;
        }
    }

    private long compareAndSet(int place, long expected, long value) {
        if (numbers[place] != expected) {
            return 0;
        }
        numbers[place] = value;
        return 1;
    }
}
