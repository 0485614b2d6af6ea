package dev.rowkeep;

import dev.rowkeep.backup.Backup;
import dev.rowkeep.backup.BackupException;
import dev.rowkeep.backup.Backups;
import dev.rowkeep.commit.Author;
import dev.rowkeep.internal.backup.StoredBackup;
import dev.rowkeep.internal.engine.Engine;
import dev.rowkeep.log.ChangeLog;
import dev.rowkeep.query.SqlReader;
import dev.rowkeep.retention.Retention;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.snapshot.Snapshots;
import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.store.KeepOptions;
import dev.rowkeep.store.RecordStore;
import dev.rowkeep.store.Session;
import dev.rowkeep.store.Transaction;
import dev.rowkeep.store.TransactionResult;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The open handle on one storage, which holds many stores. Safe for use by several threads; open one per storage and process, and
 * close it when done.
 */
public final class RowKeep implements AutoCloseable {
    private final Engine engine;

    RowKeep(Engine engine) {
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

    /** What drops the oldest part of the log, as the default author; {@link Session#retention} is for others. */
    public Retention retention() {
        return engine.defaultSession().retention();
    }

    Engine engine() {
        return engine;
    }

    /** The log of all stores. */
    public ChangeLog log() {
        return engine.log();
    }

    /**
     * The backups of this storage in {@code folder}, which is there. Also of a handle for reading only.
     *
     * @throws UnsupportedOperationException if the storage has no files, as that in memory
     * @throws IllegalArgumentException if it is not a folder that is there
     */
    public Backups backups(Path folder) {
        return engine.backups(folder);
    }

    /**
     * Checks that a backup is what was written: every byte of every file. Reads everything; needs no open storage, and changes nothing.
     *
     * @param backup the backup's folder
     * @throws BackupException {@code DAMAGED}, with the file and the place, if it is not; {@code FAILED} if it cannot be read
     */
    public static Backup verifyBackup(Path backup) {
        return StoredBackup.at(backup).verified();
    }

    /**
     * Makes a storage of a backup, whole or not at all, and durable on return. Every byte is checked as it is copied. It is opened like any
     * other afterwards, and goes on from the backup's position, in the same log: {@code log().verify(backup.anchor())} holds.
     *
     * @param backup the backup's folder
     * @param target a storage of the same kind, of which nothing is there and which nobody has open
     * @throws BackupException {@code DAMAGED}, with the file and the place; {@code FAILED} if it cannot be read
     * @throws dev.rowkeep.spi.StorageException if something is there already, somebody has it open, or it cannot be written
     * @throws IllegalArgumentException if the target is of another kind of storage
     * @throws UnsupportedOperationException if the target is a storage without files
     */
    public static Backup restore(Path backup, StorageProvider target) {
        return StoredBackup.at(backup).restoreTo(target);
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
