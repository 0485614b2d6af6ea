package dev.rowkeep.evidence.kill;

import dev.rowkeep.RowKeep;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.evidence.Engine;
import dev.rowkeep.schema.Row;
import dev.rowkeep.snapshot.Snapshot;
import dev.rowkeep.store.RecordStore;
import java.nio.file.Path;
import java.util.List;

/**
 * A program that makes one snapshot after the other beside a writer, and drops the oldest, until it is killed. What has returned is a line on
 * standard output: {@code kept NAME SUM}, with the sum of all values then, or {@code dropped NAME}.
 */
final class SnapshotLoad {
    static final String DATABASE = "store";
    static final String KEPT = "kept ";
    static final String DROPPED = "dropped ";

    private static final int MOST_ROUNDS = 40;
    private static final int KEYS = 20;
    private static final int MOST_KEPT = 2;

    private SnapshotLoad() {}

    /** Arguments: the {@link Engine}, the directory, a number that no process before had. */
    public static void main(String[] args) throws InterruptedException {
        try (RowKeep keep =
                RowKeep.open(Engine.valueOf(args[0]).at(Path.of(args[1]).resolve(DATABASE)))) {
            RecordStore<String, Row> store = keep.store(BackupLoad.RECORDS);
            for (int round = 0; round < MOST_ROUNDS; round++) {
                Thread writer = new Thread(() -> write(store));
                writer.start();
                Snapshot made = keep.snapshots().create("s" + args[2] + "-" + round);
                System.out.println(KEPT + made.name() + " " + sum(store, made));
                List<Snapshot> all = keep.snapshots().list();
                if (all.size() > MOST_KEPT) {
                    keep.snapshots().drop(all.get(0).name());
                    System.out.println(DROPPED + all.get(0).name());
                }
                writer.join();
            }
        }
    }

    private static void write(RecordStore<String, Row> store) {
        for (int i = 0; i < KEYS; i++) {
            String key = "r" + i;
            if (store.exists(key)) {
                store.apply(Edit.update(BackupLoad.RECORDS, key).add(BackupLoad.VALUE, 1L))
                        .orThrow();
            } else {
                store.insert(Row.of(BackupLoad.RECORDS, key).with(BackupLoad.VALUE, 0L));
            }
        }
    }

    /** The sum of all values as of a snapshot. */
    static long sum(RecordStore<String, Row> store, Snapshot snapshot) {
        return store.asOf(snapshot.position()).query().list().stream()
                .mapToLong(record -> record.value().require(BackupLoad.VALUE))
                .sum();
    }
}
