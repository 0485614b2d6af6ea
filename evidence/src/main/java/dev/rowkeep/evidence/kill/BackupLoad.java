package dev.rowkeep.evidence.kill;

import dev.rowkeep.RowKeep;
import dev.rowkeep.backup.Backup;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.evidence.Engine;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Row;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.store.RecordStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A program that makes one backup after the other beside writers, or restores the newest again and again, until it is killed. What has
 * returned is a line on standard output: {@code made NAME}, or {@code restored NUMBER}.
 */
final class BackupLoad {
    static final String DATABASE = "store";
    static final String BACKUPS = "backups";
    static final String RESTORED = "restored";
    static final String MADE = "made ";
    static final String RESTORED_TO = "restored ";

    /** More rounds than there are calls to be killed at. */
    private static final int MOST_ROUNDS = 30;

    private static final int WRITERS = 2;
    private static final int WRITES = 15;
    private static final int KEPT = 2;

    static final Column<String> ID = Column.text("id");
    static final Column<Long> VALUE = Column.integer("value").required();
    static final Schema<String, Row> RECORDS = Schema.dynamic("records", ID, VALUE);

    private BackupLoad() {}

    /** Arguments: the {@link Engine}, the directory, the {@link BackupPhase}. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Engine engine = Engine.valueOf(args[0]);
        Path directory = Path.of(args[1]);
        if (BackupPhase.valueOf(args[2]) == BackupPhase.RESTORING) {
            restore(engine, directory);
        } else {
            backUp(engine, directory);
        }
    }

    private static void backUp(Engine engine, Path directory) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(directory.resolve(BACKUPS));
        try (RowKeep keep = RowKeep.open(engine.at(directory.resolve(DATABASE)))) {
            RecordStore<String, Row> store = keep.store(RECORDS);
            for (int round = 0; round < MOST_ROUNDS; round++) {
                List<Thread> writers = new ArrayList<>();
                for (int writer = 0; writer < WRITERS; writer++) {
                    String key = "w" + writer;
                    writers.add(new Thread(() -> write(store, key)));
                }
                writers.forEach(Thread::start);
                Backup backup = keep.backups(folder).create();
                System.out.println(MADE + backup.path().getFileName());
                keep.backups(folder).keep(KEPT);
                for (Thread writer : writers) {
                    writer.join();
                }
            }
        }
    }

    private static void write(RecordStore<String, Row> store, String key) {
        if (!store.exists(key)) {
            store.insert(Row.of(RECORDS, key).with(VALUE, 0L));
        }
        for (int i = 0; i < WRITES; i++) {
            store.apply(Edit.update(RECORDS, key).add(VALUE, 1L)).orThrow();
        }
    }

    private static void restore(Engine engine, Path directory) throws IOException {
        Path newest;
        try (RowKeep keep = RowKeep.open(engine.at(directory.resolve(DATABASE)))) {
            List<Backup> backups = keep.backups(directory.resolve(BACKUPS)).list();
            newest = backups.get(backups.size() - 1).path();
        }
        for (int round = 0; round < MOST_ROUNDS; round++) {
            Path target = Files.createDirectories(directory.resolve(RESTORED).resolve(Integer.toString(round)));
            RowKeep.restore(newest, engine.at(target.resolve(DATABASE)));
            System.out.println(RESTORED_TO + round);
        }
    }
}
