package dev.rowkeep.evidence.kill;

import dev.rowkeep.Replica;
import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.Author;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.evidence.Engine;
import dev.rowkeep.schema.Row;
import dev.rowkeep.store.KeepOptions;
import dev.rowkeep.store.RecordStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A program that begins a replica with a snapshot of a primary that nobody writes to, and takes what follows, until it is killed. What has returned is a
 * line on standard output: {@code begun}, or {@code taken SEQUENCE}.
 */
final class BootstrapLoad {
    static final String BEGUN = "begun";

    private static final int RECORDS = 4000;
    private static final int COMMITS = 60;

    private BootstrapLoad() {}

    /** Arguments: the replica's {@link Engine}, the directory. */
    public static void main(String[] args) throws IOException {
        Path directory = Path.of(args[1]);
        try (RowKeep primary = RowKeep.openReadOnly(ReplicaLoad.primary(directory), KeepOptions.defaults())) {
            Replica replica =
                    Replica.open(ReplicaLoad.replica(Engine.valueOf(args[0]), directory), snapshot(directory));
            System.out.println(BEGUN);
            ReplicaLoad.take(primary, replica);
        }
    }

    static Path snapshot(Path directory) {
        return directory.resolve("copied.snapshot");
    }

    /** Makes the primary and the snapshot's file: records and tombstones before it, updates and new records after. */
    static void makePrimary(Path directory) {
        try (RowKeep keep = RowKeep.open(ReplicaLoad.primary(directory))) {
            RecordStore<String, Row> store = keep.store(BackupLoad.RECORDS);
            List<Edit<?, ?>> inserts = new ArrayList<>();
            for (int i = 0; i < RECORDS; i++) {
                inserts.add(Edit.insert(
                        BackupLoad.RECORDS, Row.of(BackupLoad.RECORDS, "r" + i).with(BackupLoad.VALUE, (long) i)));
            }
            keep.session(Author.system("load")).commit(inserts).orThrow();
            for (int i = 0; i < COMMITS; i++) {
                store.delete("r" + i * 7);
            }
            keep.snapshots().create("begin");
            keep.snapshots().copy("begin", snapshot(directory));
            for (int i = 0; i < COMMITS; i++) {
                store.apply(Edit.update(BackupLoad.RECORDS, "r" + (i * 7 + 1)).add(BackupLoad.VALUE, 1L))
                        .orThrow();
                store.insert(Row.of(BackupLoad.RECORDS, "r" + i * 7).with(BackupLoad.VALUE, 1L));
            }
        }
    }
}
