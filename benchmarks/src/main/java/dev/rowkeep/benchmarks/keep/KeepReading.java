package dev.rowkeep.benchmarks.keep;

import dev.rowkeep.benchmarks.product.Product;
import dev.rowkeep.store.RecordStore;

/** One read of a RowKeep store. */
@FunctionalInterface
public interface KeepReading {
    /** Reads something of {@code key} and returns a part of it, so that the read cannot be left out. */
    long read(RecordStore<String, Product> store, String key);

    /** Reads the record as it is now. */
    static KeepReading current() {
        return (store, key) -> store.get(key).orElseThrow().value().quantity();
    }

    /** Reads the record as of a version, 1 to {@code newest} in turn. */
    static KeepReading asOfVersions(int newest) {
        int[] last = {0};
        return (store, key) -> {
            last[0] = last[0] % newest + 1;
            return store.asOf(key, last[0]).orElseThrow().value().quantity();
        };
    }

    /** Reads the newest {@code most} versions. */
    static KeepReading lastVersions(int most) {
        return (store, key) -> {
            int found = store.history(key, most).size();
            if (found != most) {
                throw new IllegalStateException("Expected " + most + " versions, got " + found);
            }
            return found;
        };
    }
}
