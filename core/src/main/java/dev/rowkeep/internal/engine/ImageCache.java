package dev.rowkeep.internal.engine;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Policy;
import dev.rowkeep.spi.Image;
import java.util.Collection;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The newest committed images of one store, absent records and tombstones included. May be smaller than the store, may never be
 * wrong.
 *
 * <p>Invariants: (1) While a commit that changes a key may already be visible in the storage but is not yet published here, the
 * key is not here, or only as taken: its stripe's stamp is odd and nothing can be installed under it. (2) A load is installed only if the stamp was
 * even before the load began and is still the same, tested under the map's lock of that key; so no load can put back what a
 * commit has replaced. (3) Only the gate's leader opens and closes windows, one batch at a time, and publishes newest images
 * only. (4) Nothing is read from the storage under a lock of the map.
 *
 * @param <E> what is kept per image
 */
final class ImageCache<E extends ImageCache.Entry> {
    /** What is kept per key. */
    interface Entry {
        /** The newest committed image; null if the key was never used. */
        @Nullable
        Image image();
    }

    private static final int STRIPES = 1 << 10;

    private final Cache<Object, E> entries;
    private final Policy<Object, E> policy;
    /** Whether something had to be evicted yet. */
    private volatile boolean isCrowded;

    private final AtomicLongArray stamps = new AtomicLongArray(STRIPES);

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
     */
    ImageCache(long maximumSize, E taken) {
        this(maximumSize, taken, ForkJoinPool.commonPool());
    }

    /**
     * An empty cache.
     *
     * @param taken an entry of nobody's, known by its identity
     * @param upkeep tidies up what many reads left
     */
    ImageCache(long maximumSize, E taken, Executor upkeep) {
        this.taken = taken;
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
        return found == taken ? null : found;
    }

    /** Puts an entry with the same image in the place of {@code present}, if that is still here. */
    void replace(Object key, E present, E same) {
        entries.asMap().replace(key, present, same);
    }

    /** Loads the entry of {@code key} and keeps it, unless a commit has touched the key meanwhile. */
    E load(Object key, Function<Object, E> loader) {
        int stripe = stripe(key);
        long before = stamps.get(stripe);
        E loaded = loader.apply(key);
        if ((before & 1) == 0 && !keepsNothing) {
            change(() -> entries.asMap().compute(key, (k, present) -> {
                boolean isThere = present != null && present != taken;
                return isThere || stamps.get(stripe) != before ? present : loaded;
            }));
        }
        return loaded;
    }

    /** Before a commit: takes the keys out and keeps loads of them from coming in. Idempotent until {@link #closeWindow}. */
    void openWindow(Object key) {
        int stripe = stripe(key);
        long stamp = stamps.get(stripe);
        if ((stamp & 1) == 0) {
            stamps.set(stripe, stamp + 1);
        }
        change(() -> entries.asMap().replace(key, taken));
    }

    /** After the commit, before its window is closed: the key's newest image. */
    void publish(Object key, E newest) {
        if (keepsNothing) {
            return;
        }
        change(() -> entries.put(key, newest));
    }

    /** After publishing, or after a commit that failed: lets loads of the keys in again. */
    void closeWindow(Collection<Object> keys) {
        for (Object key : keys) {
            int stripe = stripe(key);
            long stamp = stamps.get(stripe);
            if ((stamp & 1) == 1) {
                stamps.set(stripe, stamp + 1);
            }
        }
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
