package dev.rowkeep.internal.engine;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Policy;
import dev.rowkeep.spi.ChangeStamps;
import dev.rowkeep.spi.Image;
import java.util.Collection;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The newest committed images of one store, absent records and tombstones included. May be smaller than the store, may never be
 * wrong.
 *
 * <p>Invariants: (1) While a commit that changes a key may already be visible in the storage but is not yet published here, the
 * key is not here, or only as taken: its stripe's window is open (odd) and nothing can be installed under it. (2) A load is installed only if the window was
 * closed (even) before the load began and is still the same, tested under the map's lock of that key; so no load can put back what a
 * commit has replaced. (3) Only the gate's leader opens and closes windows, one batch at a time, and publishes newest images
 * only. (4) Nothing is read from the storage under a lock of the map. (5) Where other processes change the storage, an entry is only
 * given out while the storage calls the entry's stamp current; the stamp was given before the image was read, or is that of the commit that
 * made it.
 *
 * @param <E> what is kept per image
 */
final class ImageCache<E extends ImageCache.Entry> {
    /** What is kept per key. */
    interface Entry {
        /** The newest committed image; null if the key was never used. */
        @Nullable
        Image image();

        /** Under which of {@link ChangeStamps} that is known; not used where the storage is not shared. */
        long stamp();
    }

    /** Reads what will be kept under a stamp. */
    @FunctionalInterface
    interface Loader<E> {
        /** The entry of {@code key}. */
        E load(Object key, long stamp);
    }

    private static final int STRIPES = 1 << 10;

    private final Cache<Object, E> entries;
    private final Policy<Object, E> policy;
    /** Whether something had to be evicted yet. */
    private volatile boolean isCrowded;

    private final AtomicLongArray windows = new AtomicLongArray(STRIPES);

    /** What tells of other processes' changes; null if there are none. */
    private final @Nullable ChangeStamps stamps;

    private final boolean keepsNothing;

    /** Stands for an entry that was taken out: cheaper than to remove it and to make room for its successor. */
    private final E taken;

    private final Executor upkeep;

    /** Whether this thread is changing the map. */
    private final ThreadLocal<Boolean> isChanging = ThreadLocal.withInitial(() -> false);

    /**
     * An empty cache.
     *
     * @param taken an entry of nobody's, known by its identity
     * @param stamps what tells of other processes' changes; null if there are none
     */
    ImageCache(long maximumSize, E taken, @Nullable ChangeStamps stamps) {
        this(maximumSize, taken, stamps, ForkJoinPool.commonPool());
    }

    /**
     * An empty cache.
     *
     * @param taken an entry of nobody's, known by its identity
     * @param stamps what tells of other processes' changes; null if there are none
     * @param upkeep tidies up what many reads left
     */
    ImageCache(long maximumSize, E taken, @Nullable ChangeStamps stamps, Executor upkeep) {
        this.taken = taken;
        this.stamps = stamps;
        this.upkeep = upkeep;
        keepsNothing = maximumSize == 0;
        entries = Caffeine.newBuilder()
                .maximumSize(maximumSize)
                .executor(this::maintain)
                .evictionListener((key, entry, cause) -> isCrowded = true)
                .initialCapacity((int) Math.min(maximumSize, 1 << 10))
                .build();
        policy = entries.policy();
    }

    /**
     * The entry of {@code key}, if it is here. Who reads what is only noted once there is not room for all: to note it costs as much
     * as the read itself.
     */
    @Nullable
    E peek(Object key) {
        E found = isCrowded ? entries.getIfPresent(key) : policy.getIfPresentQuietly(key);
        return found == null || found == taken || !isCurrent(key, found) ? null : found;
    }

    private boolean isCurrent(Object key, E entry) {
        return stamps == null || stamps.isCurrent(key, entry.stamp());
    }

    /** Puts an entry with the same image in the place of {@code present}, if that is still here. */
    void replace(Object key, E present, E same) {
        entries.asMap().replace(key, present, same);
    }

    /** Loads the entry of {@code key} and keeps it, unless a commit has touched the key meanwhile. */
    E load(Object key, Loader<E> loader) {
        int stripe = stripe(key);
        long before = windows.get(stripe);
        long stamp = stamps == null ? ChangeStamps.UNSETTLED : stamps.stamp(key);
        E loaded = loader.load(key, stamp);
        if ((before & 1) == 0 && !keepsNothing && mayBeKept(key, loaded)) {
            change(() -> entries.asMap().compute(key, (k, present) -> {
                boolean isThere = present != null && present != taken && isCurrent(key, present);
                return isThere || windows.get(stripe) != before ? present : loaded;
            }));
        }
        return loaded;
    }

    private boolean mayBeKept(Object key, E entry) {
        return stamps == null || (entry.stamp() != ChangeStamps.UNSETTLED && isCurrent(key, entry));
    }

    /** Before a commit: takes the keys out and keeps loads of them from coming in. Idempotent until {@link #closeWindow}. */
    void openWindow(Object key) {
        int stripe = stripe(key);
        long window = windows.get(stripe);
        if ((window & 1) == 0) {
            windows.set(stripe, window + 1);
        }
        change(() -> entries.asMap().replace(key, taken));
    }

    /** After the commit, before its window is closed: the key's newest image. */
    void publish(Object key, LongFunction<E> newest) {
        long stamp = stamps == null ? ChangeStamps.UNSETTLED : stamps.committedStamp(key);
        E entry = newest.apply(stamp);
        if (!keepsNothing && (stamps == null || stamp != ChangeStamps.UNSETTLED)) {
            change(() -> entries.put(key, entry));
        }
    }

    /** After publishing, or after a commit that failed: lets loads of the keys in again. */
    void closeWindow(Collection<Object> keys) {
        for (Object key : keys) {
            int stripe = stripe(key);
            long window = windows.get(stripe);
            if ((window & 1) == 1) {
                windows.set(stripe, window + 1);
            }
        }
    }

    /** Takes everything out that is here now; a load in flight may still put its entry in. */
    void clear() {
        entries.invalidateAll();
    }

    private void change(Runnable change) {
        isChanging.set(true);
        try {
            change.run();
        } finally {
            isChanging.set(false);
        }
    }

    /** What one change leaves to be tidied is too little to wake another thread for; what many reads leave is not. */
    private void maintain(Runnable task) {
        if (isChanging.get()) {
            task.run();
        } else {
            upkeep.execute(task);
        }
    }

    private static int stripe(Object key) {
        int hash = key.hashCode();
        return (hash ^ hash >>> 16) & STRIPES - 1;
    }
}
