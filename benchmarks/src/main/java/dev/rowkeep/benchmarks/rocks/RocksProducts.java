package dev.rowkeep.benchmarks.rocks;

import dev.rowkeep.benchmarks.product.Product;
import dev.rowkeep.benchmarks.product.Products;
import dev.rowkeep.benchmarks.product.Versioned;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.OptimisticTransactionDB;
import org.rocksdb.OptimisticTransactionOptions;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Status;
import org.rocksdb.Transaction;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** Products in RocksDB with a column family of their history, updated in optimistic transactions that are synced. */
final class RocksProducts implements AutoCloseable {
    private static final int BATCH = 1000;

    static {
        RocksDB.loadLibrary();
    }

    private final DBOptions options = new DBOptions().setCreateIfMissing(true).setCreateMissingColumnFamilies(true);
    private final WriteOptions synced = new WriteOptions().setSync(true);
    private final ReadOptions reads = new ReadOptions();
    private final OptimisticTransactionOptions optimistic = new OptimisticTransactionOptions();
    private final OptimisticTransactionDB database;
    private final ColumnFamilyHandle records;
    private final ColumnFamilyHandle history;

    RocksProducts(Path directory) throws RocksDBException {
        List<ColumnFamilyHandle> families = new ArrayList<>();
        database = OptimisticTransactionDB.open(
                options,
                directory.toString(),
                List.of(
                        new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY),
                        new ColumnFamilyDescriptor("history".getBytes(StandardCharsets.UTF_8))),
                families);
        records = families.get(0);
        history = families.get(1);
    }

    RocksProducts load(int count) throws RocksDBException {
        for (int from = 0; from < count; from += BATCH) {
            try (WriteBatch batch = new WriteBatch()) {
                for (int i = from; i < Math.min(count, from + BATCH); i++) {
                    Product product = Products.product(i);
                    batch.put(records, RocksCodec.key(product.sku()), RocksCodec.encode(product, 1));
                }
                database.write(synced, batch);
            }
        }
        return this;
    }

    /** Adds one to a product's quantity; false, with nothing written, if another writer came first. */
    boolean addOne(String sku) throws RocksDBException {
        byte[] key = RocksCodec.key(sku);
        try (Transaction transaction = database.beginTransaction(synced, optimistic)) {
            byte[] value = transaction.getForUpdate(reads, records, key, true);
            Versioned read = RocksCodec.decode(sku, value);
            long before = read.product().quantity();
            long version = read.version() + 1;
            transaction.put(records, key, RocksCodec.encode(read.product().withQuantity(before + 1), version));
            transaction.put(
                    history,
                    RocksCodec.historyKey(sku, version),
                    RocksCodec.change(before, before + 1, "application", System.currentTimeMillis()));
            transaction.commit();
            return true;
        } catch (RocksDBException e) {
            if (isRace(e)) {
                return false;
            }
            throw e;
        }
    }

    private static boolean isRace(RocksDBException e) {
        Status status = e.getStatus();
        return status != null && (status.getCode() == Status.Code.Busy || status.getCode() == Status.Code.TryAgain);
    }

    long quantities() {
        long sum = 0;
        try (RocksIterator all = database.newIterator(records)) {
            for (all.seekToFirst(); all.isValid(); all.next()) {
                sum += RocksCodec.decode("", all.value()).product().quantity();
            }
        }
        return sum;
    }

    @Override
    public void close() {
        records.close();
        history.close();
        database.close();
        optimistic.close();
        reads.close();
        synced.close();
        options.close();
    }
}
