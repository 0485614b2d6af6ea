package dev.rowkeep.benchmarks.mvstore;

import dev.rowkeep.benchmarks.product.Product;
import dev.rowkeep.benchmarks.product.Products;
import dev.rowkeep.benchmarks.product.Versioned;
import dev.rowkeep.benchmarks.rocks.RocksCodec;
import dev.rowkeep.benchmarks.tool.Tool;
import java.nio.file.Path;
import java.util.Objects;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.tx.Transaction;
import org.h2.mvstore.tx.TransactionMap;
import org.h2.mvstore.tx.TransactionStore;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.StringDataType;

/** Products and their history as bytes in two maps of an MVStore, changed in one transaction. */
public final class MvStoreProducts implements Tool {
    private static final int BATCH = 1000;

    private final MVStore store;
    private final TransactionStore transactions;

    /** The products 0 to {@code count - 1} in a new file under {@code directory}. */
    public MvStoreProducts(Path directory, int count) {
        store = new MVStore.Builder()
                .fileName(directory.resolve("products.mv").toString())
                .autoCommitDisabled()
                .open();
        transactions = new TransactionStore(store);
        transactions.init();
        load(count);
    }

    private void load(int count) {
        for (int from = 0; from < count; from += BATCH) {
            Transaction transaction = transactions.begin();
            TransactionMap<String, byte[]> records = records(transaction);
            for (int i = from; i < Math.min(count, from + BATCH); i++) {
                Product product = Products.product(i);
                records.put(product.sku(), RocksCodec.encode(product, 1));
            }
            transaction.commit();
        }
        store.commit();
    }

    @Override
    public String name() {
        return "h2-mvstore";
    }

    @Override
    public String settings() {
        return "MVStore with its TransactionStore, the version compared under the record's lock, history in a second map,"
                + " commit() and sync() after each transaction, no background commits, retry at once";
    }

    @Override
    public Updater updater() {
        return this::addOne;
    }

    private boolean addOne(String sku) {
        Transaction transaction = transactions.begin();
        try {
            boolean won = write(transaction, sku);
            if (won) {
                transaction.commit();
            } else {
                transaction.rollback();
                return false;
            }
        } catch (MVStoreException e) {
            transaction.rollback();
            if (e.getErrorCode() == DataUtils.ERROR_TRANSACTION_LOCKED) {
                return false; // Another writer holds the record.
            }
            throw e;
        } catch (RuntimeException e) {
            transaction.rollback();
            throw e;
        }
        // The transaction is in memory; this writes it, then asks the disk for it.
        store.commit();
        store.sync();
        return true;
    }

    private static boolean write(Transaction transaction, String sku) {
        TransactionMap<String, byte[]> records = records(transaction);
        Versioned read = RocksCodec.decode(sku, Objects.requireNonNull(records.get(sku)));
        long before = read.product().quantity();
        Product after = read.product().withQuantity(before + 1);
        if (RocksCodec.decode(sku, records.lock(sku)).version() != read.version()) {
            return false;
        }
        long version = read.version() + 1;
        records.put(sku, RocksCodec.encode(after, version));
        history(transaction)
                .put(
                        RocksCodec.historyKey(sku, version),
                        RocksCodec.change(before, before + 1, "application", System.currentTimeMillis()));
        return true;
    }

    private static TransactionMap<String, byte[]> records(Transaction transaction) {
        return transaction.openMap("records", StringDataType.INSTANCE, ByteArrayDataType.INSTANCE);
    }

    private static TransactionMap<byte[], byte[]> history(Transaction transaction) {
        return transaction.openMap("history", ByteArrayDataType.INSTANCE, ByteArrayDataType.INSTANCE);
    }

    @Override
    public Totals totals() {
        Transaction reading = transactions.begin();
        long quantities = 0;
        long versions = 0;
        for (byte[] value : records(reading).values()) {
            Versioned record = RocksCodec.decode("", value);
            quantities += record.product().quantity();
            versions += record.version() - 1;
        }
        Totals totals = new Totals(quantities, versions, history(reading).sizeAsLong());
        reading.rollback();
        return totals;
    }

    @Override
    public void close() {
        transactions.close();
        store.close();
    }
}
