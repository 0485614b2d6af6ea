package dev.rowkeep.benchmarks.keep;

import dev.rowkeep.benchmarks.harness.Work;
import dev.rowkeep.benchmarks.product.Product;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.edit.WriteResult;
import dev.rowkeep.record.VersionedRecord;
import dev.rowkeep.store.RecordStore;
import java.util.function.Supplier;

/** A way in which an application adds one to a product's quantity. */
@FunctionalInterface
public interface KeepWriting {
    /** The work of one thread on {@code store}. */
    Work on(RecordStore<String, Product> store, Supplier<String> keys);

    /** Reads, then applies an edit that expects the version read; reads and tries again at once if another came first. */
    static KeepWriting expectingTheVersionRead() {
        return (store, keys) -> () -> {
            String key = keys.get();
            while (store.apply(addOne(store, key)) instanceof WriteResult.Conflicted) {
                Thread.onSpinWait();
            }
            return 1;
        };
    }

    /** Runs a closure. */
    static KeepWriting byClosure() {
        return (store, keys) -> () -> {
            store.update(keys.get(), product -> product.withQuantity(product.quantity() + 1));
            return 1;
        };
    }

    /** Applies edits without waiting, with at most {@code inFlight} under way. */
    static KeepWriting withoutWaiting(int inFlight) {
        return (store, keys) -> new UpdatesInFlight(store, keys, inFlight);
    }

    /** An edit that adds one to the quantity that {@code key} has now, and stands on that. */
    static Edit<String, Product> addOne(RecordStore<String, Product> store, String key) {
        VersionedRecord<String, Product> read = store.get(key).orElseThrow();
        return Edit.update(store.schema(), key)
                .set(ProductSchema.QUANTITY, read.value().quantity() + 1)
                .expecting(read.version());
    }
}
