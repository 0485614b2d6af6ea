package dev.rowkeep.evidence.kill;

import dev.rowkeep.Replica;
import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.Author;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.evidence.Engine;
import dev.rowkeep.schema.Row;
import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.storage.duckdb.DuckdbStorage;
import dev.rowkeep.storage.sqlite.SqliteStorage;
import dev.rowkeep.store.KeepOptions;
import dev.rowkeep.store.RecordStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A program that makes a replica of a primary that nobody writes to, and promotes it, until it is killed. What has returned is a line on standard
 * output: {@code taken SEQUENCE}, or {@code promoted}.
 */
final class ReplicaLoad {
    static final String REPLICA = "replica";
    static final String TAKEN = "taken ";
    static final String PROMOTED = "promoted";

    private static final int COMMITS = 300;
    private static final int COMMITS_AT_ONCE = 10;
    private static final int KEYS = 12;

    private ReplicaLoad() {}

    /** Arguments: the replica's {@link Engine}, the directory, the {@link ReplicaPhase}, a file that is made when the promotion begins. */
    public static void main(String[] args) throws IOException {
        Path directory = Path.of(args[1]);
        try (RowKeep primary = RowKeep.openReadOnly(primary(directory), KeepOptions.defaults())) {
            Replica replica = Replica.open(
                    replica(Engine.valueOf(args[0]), directory), primary.log().start());
            take(primary, replica);
            if (ReplicaPhase.valueOf(args[2]) == ReplicaPhase.PROMOTION) {
                Files.createFile(Path.of(args[3]));
                replica.promote(Author.system("standby"));
                System.out.println(PROMOTED);
            }
        }
    }

    /** Takes all that the primary has. */
    static void take(RowKeep primary, Replica replica) {
        for (var segment = primary.log().ship(replica.position(), COMMITS_AT_ONCE);
                segment.isPresent();
                segment = primary.log().ship(replica.position(), COMMITS_AT_ONCE)) {
            System.out.println(
                    TAKEN + replica.apply(segment.get().toByteArray()).sequence());
        }
    }

    static StorageProvider primary(Path directory) {
        return SqliteStorage.at(directory.resolve("primary.db"));
    }

    static StorageProvider replica(Engine engine, Path directory) throws IOException {
        Path where = Files.createDirectories(directory.resolve(REPLICA)).resolve("store");
        return engine == Engine.SQLITE ? SqliteStorage.at(where).exclusive() : DuckdbStorage.at(where);
    }

    /** Makes the primary: inserts, updates, deletes and inserts again. */
    static void makePrimary(Path directory) {
        try (RowKeep keep = RowKeep.open(primary(directory))) {
            RecordStore<String, Row> store = keep.store(BackupLoad.RECORDS);
            for (int i = 0; i < COMMITS; i++) {
                String key = "r" + i % KEYS;
                if (!store.exists(key)) {
                    store.insert(Row.of(BackupLoad.RECORDS, key).with(BackupLoad.VALUE, (long) i));
                } else if (i % 7 == 0) {
                    store.delete(key);
                } else {
                    store.apply(Edit.update(BackupLoad.RECORDS, key).add(BackupLoad.VALUE, 1L))
                            .orThrow();
                }
            }
        }
    }
}
