package dev.rowkeep.benchmarks.rocks;

import dev.rowkeep.benchmarks.harness.Updating;
import dev.rowkeep.benchmarks.harness.Work;
import dev.rowkeep.benchmarks.product.KeyChoice;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.rocksdb.RocksDBException;

/** Threads that update products in RocksDB. */
public final class RocksWriters implements Updating {
    private final RocksProducts products;
    private final KeyChoice keys;

    /** Writers on {@code count} products in a new database in {@code directory}. */
    public RocksWriters(Path directory, int count, KeyChoice keys) throws RocksDBException {
        this.products = new RocksProducts(directory).load(count);
        this.keys = keys;
    }

    @Override
    public String name() {
        return "rocksdb-optimistic";
    }

    @Override
    public String settings() {
        return "OptimisticTransactionDB, every commit synced, history in a column family, options otherwise as shipped,"
                + " retry at once";
    }

    @Override
    public Work worker(int thread) {
        Supplier<String> mine = keys.forThread(thread);
        return () -> {
            String sku = mine.get();
            while (!products.addOne(sku)) {
                Thread.onSpinWait();
            }
            return 1;
        };
    }

    @Override
    public void verify(long acknowledged) {
        long quantities = products.quantities();
        if (quantities != acknowledged) {
            throw new IllegalStateException(
                    "RocksDB acknowledged " + acknowledged + " updates; its quantities sum up to " + quantities + ".");
        }
    }

    @Override
    public void close() {
        products.close();
    }
}
