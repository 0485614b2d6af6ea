package dev.rowkeep.benchmarks.keep;

import dev.rowkeep.benchmarks.harness.Work;
import dev.rowkeep.benchmarks.product.Product;
import dev.rowkeep.edit.WriteResult;
import dev.rowkeep.store.RecordStore;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One thread's updates, many of them under way at once. The keys must be such that none comes again while it is under way: an
 * update that meets another version fails the work.
 */
final class UpdatesInFlight implements Work {
    private final RecordStore<String, Product> store;
    private final Supplier<String> keys;
    private final int most;
    private final Semaphore free;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    UpdatesInFlight(RecordStore<String, Product> store, Supplier<String> keys, int most) {
        this.store = store;
        this.keys = keys;
        this.most = most;
        this.free = new Semaphore(most);
    }

    @Override
    public int run() throws InterruptedException {
        free.acquire();
        failIfOneFailed();
        CompletableFuture<?> unused =
                store.applyAsync(KeepWriting.addOne(store, keys.get())).whenComplete(this::done);
        return 1;
    }

    @Override
    public void finish() throws InterruptedException {
        free.acquire(most);
        free.release(most);
        failIfOneFailed();
    }

    private void done(@Nullable WriteResult<String, Product> result, @Nullable Throwable thrown) {
        if (thrown != null) {
            failure.compareAndSet(null, thrown);
        } else if (!(result instanceof WriteResult.Applied)) {
            failure.compareAndSet(null, new IllegalStateException("An update gave " + result));
        }
        free.release();
    }

    private void failIfOneFailed() {
        Throwable thrown = failure.get();
        if (thrown != null) {
            throw new IllegalStateException("An update in flight failed: " + thrown, thrown);
        }
    }
}
