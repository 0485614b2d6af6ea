package dev.rowkeep.benchmarks.xodus;

import dev.rowkeep.benchmarks.product.Product;
import dev.rowkeep.benchmarks.product.Products;
import dev.rowkeep.benchmarks.product.Versioned;
import dev.rowkeep.benchmarks.rocks.RocksCodec;
import dev.rowkeep.benchmarks.tool.Tool;
import java.nio.file.Path;
import java.util.Objects;
import jetbrains.exodus.ArrayByteIterable;
import jetbrains.exodus.ByteIterable;
import jetbrains.exodus.bindings.StringBinding;
import jetbrains.exodus.env.Cursor;
import jetbrains.exodus.env.Environment;
import jetbrains.exodus.env.EnvironmentConfig;
import jetbrains.exodus.env.Environments;
import jetbrains.exodus.env.Store;
import jetbrains.exodus.env.StoreConfig;
import jetbrains.exodus.env.Transaction;

/** Products and their history as bytes in two stores of a Xodus environment, changed in one transaction. */
public final class XodusProducts implements Tool {
    private static final int BATCH = 1000;

    private final Environment environment;
    private final Store records;
    private final Store history;

    /** The products 0 to {@code count - 1} in new files under {@code directory}. */
    public XodusProducts(Path directory, int count) {
        environment = Environments.newInstance(directory.toFile(), new EnvironmentConfig().setLogDurableWrite(true));
        records = open("records");
        history = open("history");
        load(count);
    }

    private Store open(String name) {
        return environment.computeInTransaction(
                transaction -> environment.openStore(name, StoreConfig.WITHOUT_DUPLICATES, transaction));
    }

    private void load(int count) {
        for (int from = 0; from < count; from += BATCH) {
            int first = from;
            environment.executeInTransaction(transaction -> {
                for (int i = first; i < Math.min(count, first + BATCH); i++) {
                    Product product = Products.product(i);
                    put(transaction, product.sku(), RocksCodec.encode(product, 1));
                }
            });
        }
    }

    private void put(Transaction transaction, String sku, byte[] record) {
        records.put(transaction, StringBinding.stringToEntry(sku), new ArrayByteIterable(record));
    }

    @Override
    public String name() {
        return "xodus";
    }

    @Override
    public String settings() {
        return "Xodus environment with two stores, logDurableWrite, else as shipped; executeInTransaction, which tries again by"
                + " itself when another transaction was first";
    }

    @Override
    public Updater updater() {
        return sku -> {
            environment.executeInTransaction(transaction -> addOne(transaction, sku));
            return true;
        };
    }

    /** Runs again, on the newest snapshot, if any other transaction was committed meanwhile. */
    private void addOne(Transaction transaction, String sku) {
        ByteIterable found = Objects.requireNonNull(records.get(transaction, StringBinding.stringToEntry(sku)));
        Versioned read = decode(sku, found);
        long before = read.product().quantity();
        long version = read.version() + 1;
        put(transaction, sku, RocksCodec.encode(read.product().withQuantity(before + 1), version));
        history.put(
                transaction,
                new ArrayByteIterable(RocksCodec.historyKey(sku, version)),
                new ArrayByteIterable(
                        RocksCodec.change(before, before + 1, "application", System.currentTimeMillis())));
    }

    /** The bytes may go on behind the value, where nothing reads. */
    private static Versioned decode(String sku, ByteIterable value) {
        return RocksCodec.decode(sku, value.getBytesUnsafe());
    }

    @Override
    public Totals totals() {
        return environment.computeInReadonlyTransaction(this::totals);
    }

    private Totals totals(Transaction reading) {
        long quantities = 0;
        long versions = 0;
        try (Cursor cursor = records.openCursor(reading)) {
            while (cursor.getNext()) {
                Versioned record = decode("", cursor.getValue());
                quantities += record.product().quantity();
                versions += record.version() - 1;
            }
        }
        return new Totals(quantities, versions, history.count(reading));
    }

    @Override
    public void close() {
        environment.close();
    }
}
