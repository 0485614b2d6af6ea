package dev.rowkeep;

import dev.rowkeep.commit.Author;
import dev.rowkeep.internal.engine.Engine;
import dev.rowkeep.log.ChangeLog;
import dev.rowkeep.query.SqlReader;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.snapshot.Snapshots;
import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.store.KeepOptions;
import dev.rowkeep.store.RecordStore;
import dev.rowkeep.store.Session;
import dev.rowkeep.store.Transaction;
import dev.rowkeep.store.TransactionResult;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The open handle on one storage, which holds many stores. Safe for use by several threads; open one per storage and process, and
 * close it when done.
 */
public final class RowKeep implements AutoCloseable {
    private final Engine engine;

    private RowKeep(Engine engine) {
        this.engine = engine;
    }

    /**
     * Opens a storage with the default options, creating it if it is not there.
     *
     * @throws dev.rowkeep.spi.StorageException if it cannot be opened, saying why and what to do
     */
    public static RowKeep open(StorageProvider storage) {
        return open(storage, KeepOptions.defaults());
    }

    /**
     * Opens a storage, creating it if it is not there.
     *
     * @throws dev.rowkeep.spi.StorageException if it cannot be opened, saying why and what to do
     */
    public static RowKeep open(StorageProvider storage, KeepOptions options) {
        return new RowKeep(Engine.open(storage, StorageProvider.Access.READ_WRITE, options));
    }

    /**
     * Opens a storage that is there for reading only; writes are {@link IllegalStateException}s.
     *
     * @throws dev.rowkeep.spi.StorageException if it cannot be opened, saying why and what to do
     */
    public static RowKeep openReadOnly(StorageProvider storage, KeepOptions options) {
        return new RowKeep(Engine.open(storage, StorageProvider.Access.READ_ONLY, options));
    }

    /**
     * The store of {@code schema}. It is made when first asked for, and gains the columns and indexes that the schema has and the
     * storage lacks.
     *
     * @throws IllegalArgumentException if the schema takes away or changes what the storage has, or another schema object was
     *     used for the store before
     */
    public <K, T> RecordStore<K, T> store(Schema<K, T> schema) {
        return engine.store(schema);
    }

    /** A session in which {@code author} writes. */
    public Session session(Author author) {
        return engine.session(author);
    }

    /**
     * The storage's own SQL, to read with.
     *
     * @throws UnsupportedOperationException if the storage has none, as that in memory
     */
    public SqlReader sql() {
        return engine.sql();
    }

    /**
     * Runs {@code body} as a serializable transaction, written by the default author: as {@link Session#inTransaction}, which says all
     * about it.
     *
     * @return what {@code body} returned, and the commit
     */
    public <R extends @Nullable Object> TransactionResult<R> inTransaction(
            Function<? super Transaction, ? extends R> body) {
        return engine.defaultSession().inTransaction(body);
    }

    /** The snapshots of all stores, made and dropped by the default author; {@link Session#snapshots} is for others. */
    public Snapshots snapshots() {
        return engine.defaultSession().snapshots();
    }

    /** The log of all stores. */
    public ChangeLog log() {
        return engine.log();
    }

    /**
     * Refuses new work, waits until the writes under way are durable, and gives everything back. Closing twice does nothing.
     *
     * @throws dev.rowkeep.error.ReentrantCallException if called from inside a callback
     */
    @Override
    public void close() {
        engine.close();
    }
}
