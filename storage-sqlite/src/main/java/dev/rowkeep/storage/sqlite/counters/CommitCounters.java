package dev.rowkeep.storage.sqlite.counters;

/**
 * Pairs of counters that tell a process whether a copy of what it has read is still the newest: {@code begun}, which a commit moves before
 * it can be seen, and {@code ended}, which it moves afterwards. What is counted by one pair is called a place; many records share one.
 *
 * <p>Invariants: (1) Only the holder of the write lock moves {@code begun}, each time to a number that it never had. (2) Before that it
 * repairs the pair, {@code ended = begun}: whoever began before has committed or never will, since the lock is free again. (3) From when
 * a commit can be seen, {@code begun} is beyond every stamp that was given before it. (4) {@code ended == begun} means that every commit
 * that began is seen by who reads now, or never will be. (5) {@code ended} never goes back, however late its commit moves it.
 *
 * <p>So a copy read after a stamp was given is the newest as long as {@code begun} is that stamp. A process that dies between the two
 * leaves a place where nothing can be kept until somebody holds the write lock and begins there or repairs it; nothing wrong is ever read.
 *
 * <p>What this process itself commits it knows record by record. So that its commits do not make its copies of the other records of
 * a place worthless, it remembers for each place the last stretch of numbers, {@code first} to {@code last}, between which only it
 * itself has begun: a copy with a stamp of that stretch is current if {@code begun} is its {@code last}.
 *
 * <p>{@link #stamp} and {@link #isCurrent} may be called by any thread; the others only by the thread that holds the write lock, but
 * {@link #end}, which its last holder calls after it.
 */
public final class CommitCounters {
    /** What {@link #stamp} gives where a commit may be under way. */
    public static final long UNSETTLED = -1;

    private final Words shared;
    private final Words own;
    private final int places;
    private volatile int suspect;

    /**
     * The view of one process.
     *
     * @param shared two words per place, shared by all processes
     * @param own as many, of this process alone
     * @param places how many places there are
     */
    public CommitCounters(Words shared, Words own, int places) {
        this.places = places;
        this.shared = shared;
        this.own = own;
    }

    /** The stamp for what will be read of a place; {@link #UNSETTLED} if that must not be kept. */
    public long stamp(int place) {
        long begun = shared.get(begun(place));
        if (shared.get(ended(place)) == begun) {
            return begun;
        }
        suspect = place;
        return UNSETTLED;
    }

    /** Whether no other process can have changed what was read of a place after {@code stamp} was given. */
    public boolean isCurrent(int place, long stamp) {
        long begun = shared.get(begun(place));
        return begun == stamp || (own.get(last(place)) == begun && stamp >= own.get(first(place)));
    }

    /** Whether no process, this one included, can have changed what was read of a place after {@code stamp} was given. */
    public boolean isUntouched(int place, long stamp) {
        return shared.get(begun(place)) == stamp;
    }

    /** Whether the last commit that began at a place is one of this process. For the holder of the write lock. */
    public boolean isOwn(int place) {
        return own.get(last(place)) == shared.get(begun(place));
    }

    /** Before a commit that changes something at a place; once for each place and commit. For the holder of the write lock. */
    public void begin(int place) {
        repair(place);
        long before = shared.get(begun(place));
        if (own.get(last(place)) != before) {
            own.set(first(place), before);
        }
        own.set(last(place), before + 1);
        shared.set(begun(place), before + 1);
    }

    /** After the commit for which this process last began at a place is seen by all, or is certain never to be. */
    public void end(int place) {
        raise(place, own.get(last(place)));
    }

    /** The stamp of what the last commit of this process left at a place. For the thread that committed. */
    public long ownStamp(int place) {
        return own.get(last(place));
    }

    /** Frees a place of commits that never ended. For the holder of the write lock, with nothing begun by itself. */
    public void repair(int place) {
        raise(place, shared.get(begun(place)));
    }

    /** Repairs the place at which something was last found unsettled. For the holder of the write lock, as {@link #repair}. */
    public void repairSuspect() {
        repair(suspect);
    }

    private void raise(int place, long value) {
        long now = shared.get(ended(place));
        while (now < value && !shared.compareAndSet(ended(place), now, value)) {
            now = shared.get(ended(place));
        }
    }

    /** All of them together, because they are all that most reads look at. */
    private static int begun(int place) {
        return place;
    }

    private int ended(int place) {
        return places + place;
    }

    private static int last(int place) {
        return place;
    }

    private int first(int place) {
        return places + place;
    }
}
