package dev.rowkeep.evidence.kill;

import dev.rowkeep.RowKeep;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.evidence.Engine;
import dev.rowkeep.retention.RetentionPolicy;
import dev.rowkeep.schema.Row;
import dev.rowkeep.store.RecordStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A program that cuts the log and drops contents of what is left, in turns, beside a writer, until it is killed. What has returned is a line on standard
 * output: {@code wrote N} of the writer's number N, {@code cut S} of a log that begins behind the commit S, {@code emptied S} where up to the commit S
 * each record's newest change alone was to keep its contents.
 */
final class RetentionLoad {
    static final String DATABASE = "store";
    static final String WROTE = "wrote ";
    static final String CUT = "cut ";
    static final String EMPTIED = "emptied ";

    private static final int MOST_ROUNDS = 60;
    private static final int FEW = 15;
    private static final int KEYS = 20;
    private static final RetentionPolicy YOUNG = RetentionPolicy.keepFor(Duration.ofMillis(5));
    private static final RetentionPolicy NEWEST = RetentionPolicy.keepVersions(1);

    private RetentionLoad() {}

    /** Arguments: the {@link Engine}, the directory. */
    public static void main(String[] args) throws InterruptedException {
        try (RowKeep keep =
                RowKeep.open(Engine.valueOf(args[0]).at(Path.of(args[1]).resolve(DATABASE)))) {
            RecordStore<String, Row> store = keep.store(BackupLoad.RECORDS);
            AtomicBoolean isDone = new AtomicBoolean();
            Thread writer = new Thread(() -> {
                while (!isDone.get()) {
                    write(store);
                }
            });
            write(store);
            writer.start();
            for (int round = 0; round < MOST_ROUNDS; round++) {
                // First: what those killed before have left would be longer with each life, and looked through for
                // contents.
                await(keep, keep.log().head().sequence() + FEW);
                System.out.println(CUT + keep.retention().apply(YOUNG).oldest().sequence());
                await(keep, keep.log().head().sequence() + FEW);
                long head = keep.log().head().sequence();
                keep.retention().apply(NEWEST);
                System.out.println(EMPTIED + head);
            }
            isDone.set(true);
            writer.join();
        }
    }

    private static void await(RowKeep keep, long sequence) {
        while (keep.log().head().sequence() < sequence) {
            Thread.onSpinWait();
        }
    }

    /** One commit a key, the same value to each in turn. */
    private static void write(RecordStore<String, Row> store) {
        for (int i = 0; i < KEYS; i++) {
            String key = "r" + i;
            long value;
            if (store.exists(key)) {
                value = store.apply(Edit.update(BackupLoad.RECORDS, key).add(BackupLoad.VALUE, 1L))
                        .orThrow()
                        .value()
                        .require(BackupLoad.VALUE);
            } else {
                value = 1;
                store.insert(Row.of(BackupLoad.RECORDS, key).with(BackupLoad.VALUE, 1L));
            }
            System.out.println(WROTE + i + " " + value);
        }
    }
}
