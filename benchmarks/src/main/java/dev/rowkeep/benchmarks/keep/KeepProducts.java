package dev.rowkeep.benchmarks.keep;

import dev.rowkeep.Replica;
import dev.rowkeep.RowKeep;
import dev.rowkeep.benchmarks.harness.Work;
import dev.rowkeep.benchmarks.product.Product;
import dev.rowkeep.benchmarks.product.Products;
import dev.rowkeep.commit.Author;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.log.ChangeLog;
import dev.rowkeep.log.Subscription;
import dev.rowkeep.query.SqlReader;
import dev.rowkeep.record.VersionedRecord;
import dev.rowkeep.retention.Retention;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.store.KeepOptions;
import dev.rowkeep.store.RecordStore;
import dev.rowkeep.store.Session;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Products in a RowKeep store, and the handle they are in. */
public final class KeepProducts implements AutoCloseable {
    /** How many records one commit of an import brings. */
    public static final int IMPORT_BATCH = 4096;

    private static final int AUTHORS = 16;

    private final RowKeep keep;
    private final RecordStore<String, Product> store;
    private final String settings;
    private int records;

    private KeepProducts(RowKeep keep, Schema<String, Product> schema, String settings) {
        this.keep = keep;
        this.store = keep.store(schema);
        this.settings = settings;
    }

    /** An empty store in any storage. */
    public static KeepProducts in(StorageProvider storage, Schema<String, Product> schema, KeepOptions options) {
        return new KeepProducts(RowKeep.open(storage, options), schema, storage.toString());
    }

    /** The store under {@code directory}, empty if it is not there. */
    public static KeepProducts in(
            KeepStorage storage, Path directory, Schema<String, Product> schema, KeepOptions options) {
        return new KeepProducts(RowKeep.open(storage.under(directory), options), schema, storage.settings());
    }

    /** The store under {@code directory}, empty if it is not there, with the default options. */
    public static KeepProducts in(KeepStorage storage, Path directory) {
        return in(storage, directory, ProductSchema.PLAIN, KeepOptions.defaults());
    }

    /** The store in a SQLite file under {@code directory}, empty if it is not there, with the default options. */
    public static KeepProducts sqlite(Path directory) {
        return in(KeepStorage.SQLITE, directory);
    }

    /** Where {@link #sqlite(Path)} has its file. */
    public static Path sqliteFileIn(Path directory) {
        return KeepStorage.fileIn(directory);
    }

    /** The store in a DuckDB file under {@code directory}, empty if it is not there, with the default options. */
    public static KeepProducts duckdb(Path directory) {
        return in(KeepStorage.DUCKDB, directory);
    }

    /** The store in a SQLite file under {@code directory}, empty if it is not there. */
    public static KeepProducts sqlite(Path directory, Schema<String, Product> schema, KeepOptions options) {
        return in(KeepStorage.SQLITE, directory, schema, options);
    }

    /** Imports the products 0 to {@code count - 1}, in commits of {@value #IMPORT_BATCH}. */
    public KeepProducts load(int count) {
        Session session = keep.session(Author.job("import"));
        for (int from = 0; from < count; from += IMPORT_BATCH) {
            List<Edit<String, Product>> batch = new ArrayList<>(IMPORT_BATCH);
            for (int i = from; i < Math.min(count, from + IMPORT_BATCH); i++) {
                batch.add(Edit.insert(store.schema(), Products.product(i)));
            }
            session.commit(batch).orThrow();
        }
        records += count;
        return this;
    }

    /** Makes {@code count} updates without waiting for each, {@code inFlight} at a time. */
    public KeepProducts update(int count, Supplier<String> keys, int inFlight) throws Exception {
        Work work = KeepWriting.withoutWaiting(inFlight).on(store, keys);
        for (int i = 0; i < count; i++) {
            work.run();
        }
        work.finish();
        return this;
    }

    /**
     * Makes {@code count} updates in commits of at most {@value #IMPORT_BATCH}, by {@value #AUTHORS} authors in turn. No key may come
     * again before all others have.
     */
    public KeepProducts updateInCommits(int count, Supplier<String> keys) {
        int size = Math.min(IMPORT_BATCH, records);
        for (int from = 0; from < count; from += size) {
            List<Edit<String, Product>> batch = new ArrayList<>(size);
            for (int i = from; i < Math.min(count, from + size); i++) {
                batch.add(Edit.update(store.schema(), keys.get()).add(ProductSchema.QUANTITY, 1L));
            }
            Author author = Author.user("user-" + from / size % AUTHORS);
            keep.session(author).commit(batch).orThrow();
        }
        return this;
    }

    /** Brings the records {@code keys} into the cache. */
    public void cache(String[] keys) {
        for (String key : keys) {
            if (store.get(key).isEmpty()) {
                throw new IllegalStateException("There is no product " + key);
            }
        }
    }

    /** The store. */
    public RecordStore<String, Product> store() {
        return store;
    }

    /** The storage's SQL. */
    public SqlReader sql() {
        return keep.sql();
    }

    /** Makes a snapshot. */
    public KeepProducts snapshot(String name) {
        keep.snapshots().create(name);
        return this;
    }

    /** Lets {@code replica} follow. */
    Subscription feed(Replica replica) {
        return replica.follow(keep);
    }

    /** What its storage sets, for reports. */
    String settings() {
        return settings;
    }

    /** What drops the oldest part of the log. */
    public Retention retention() {
        return keep.retention();
    }

    /** The log. */
    public ChangeLog log() {
        return keep.log();
    }

    /**
     * Checks that all updates there ever were, each of which adds one to a quantity and makes one version, are there once.
     *
     * @throws IllegalStateException if one is missing or was applied twice
     */
    void verifyUpdates(long acknowledged) {
        long quantities = 0;
        long versions = 0;
        try (Stream<VersionedRecord<String, Product>> all = store.query().stream()) {
            for (VersionedRecord<String, Product> record : (Iterable<VersionedRecord<String, Product>>) all::iterator) {
                quantities += record.value().quantity();
                versions += record.version() - 1;
            }
        }
        if (quantities != acknowledged || versions != acknowledged) {
            throw new IllegalStateException("RowKeep acknowledged " + acknowledged + " updates of " + records
                    + " records; their quantities sum up to " + quantities + ", their versions to " + versions + ".");
        }
    }

    @Override
    public void close() {
        keep.close();
    }
}
