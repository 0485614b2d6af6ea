package dev.rowkeep.internal.engine;

import dev.rowkeep.commit.Author;
import dev.rowkeep.spi.ChangeStamps;
import dev.rowkeep.spi.Image;
import java.util.List;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jspecify.annotations.Nullable;

/** Two registers in a storage behind a cache, for Lincheck. Their keys share a stripe of the cache's stamps. */
@Param(name = "key", gen = IntGen.class, conf = "0:1")
public abstract class CachedRegisters {
    private static final int STRIPES = 1 << 10;

    private final ImageCache<Version> cache;

    /** What the storage holds; a commit changes both keys at once. */
    private volatile int[] committed = {0, 0};

    CachedRegisters(long room, @Nullable ChangeStamps stamps) {
        cache = new ImageCache<>(room, new Version(0, -1, 0), stamps, Runnable::run);
    }

    private record Version(Image image, long stamp) implements ImageCache.Entry {
        Version(int key, long number, long stamp) {
            this(
                    new Image(
                            cached(key),
                            number,
                            number << 20,
                            Image.Liveness.LIVE,
                            new Object[0],
                            Author.system("test"),
                            0,
                            null,
                            0),
                    stamp);
        }

        int number() {
            return (int) image.version();
        }
    }

    private static Object cached(int key) {
        return key * STRIPES;
    }

    /** As {@link Reads} and {@link StoreState#record} do it. */
    @Operation
    public int read(@Param(name = "key") int key) {
        Version found = cache.peek(cached(key));
        if (found == null) {
            return cache.load(cached(key), (k, stamp) -> new Version(key, committed[key], stamp))
                    .number();
        }
        cache.replace(cached(key), found, new Version(found.image(), found.stamp()));
        return found.number();
    }

    @Operation(nonParallelGroup = "leader")
    public void commit(@Param(name = "key") int key) {
        cache.openWindow(cached(key));
        change(key == 0 ? 1 : 0, key);
        cache.publish(cached(key), stamp -> new Version(key, committed[key], stamp));
        cache.closeWindow(List.of(cached(key)));
    }

    @Operation(nonParallelGroup = "leader")
    public void commitBoth() {
        cache.openWindow(cached(0));
        cache.openWindow(cached(1));
        change(1, 1);
        cache.publish(cached(0), stamp -> new Version(0, committed[0], stamp));
        cache.publish(cached(1), stamp -> new Version(1, committed[1], stamp));
        cache.closeWindow(List.of(cached(0), cached(1)));
    }

    @Operation(nonParallelGroup = "leader")
    public void abandonBeforeTheCommit(@Param(name = "key") int key) {
        cache.openWindow(cached(key));
        cache.closeWindow(List.of(cached(key)));
    }

    @Operation(nonParallelGroup = "leader")
    public void abandonAfterTheCommit(@Param(name = "key") int key) {
        cache.openWindow(cached(key));
        change(key == 0 ? 1 : 0, key);
        cache.closeWindow(List.of(cached(key)));
    }

    void change(int first, int second) {
        int[] before = committed;
        committed = new int[] {before[0] + first, before[1] + second};
    }

    /** What the cache must look like. */
    public static final class Plain {
        private final int[] versions = new int[2];

        public int read(int key) {
            return versions[key];
        }

        public void commit(int key) {
            versions[key]++;
        }

        public void commitBoth() {
            versions[0]++;
            versions[1]++;
        }

        public void abandonBeforeTheCommit(int key) {}

        public void commitElsewhere(int key) {
            versions[key]++;
        }

        public void abandonAfterTheCommit(int key) {
            versions[key]++;
        }
    }
}
