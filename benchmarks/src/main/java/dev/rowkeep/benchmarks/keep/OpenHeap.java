package dev.rowkeep.benchmarks.keep;

import dev.rowkeep.benchmarks.harness.Spread;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The Java heap that a store holds while it is open and one record of it has been read. What a database takes outside the heap is not in it. */
public final class OpenHeap {
    private static final int COLLECTIONS = 3;

    private OpenHeap() {}

    /** Opens the store under {@code directory}, which is closed and has the record {@code key}, so many times; in bytes, 1 at least. */
    public static Spread heldBy(KeepStorage storage, Path directory, String key, int times) {
        List<Double> held = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            long before = used();
            try (KeepProducts products = KeepProducts.in(storage, directory)) {
                products.cache(new String[] {key});
                held.add((double) Math.max(1, used() - before));
            }
        }
        return Spread.of(held);
    }

    private static long used() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
