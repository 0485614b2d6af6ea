package dev.rowkeep.storage.duckdb;

import dev.rowkeep.RowKeep;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Row;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.store.RecordStore;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A process that writes, and asks queries so that what it writes is brought into the database again and again, until it is killed. Every
 * acknowledged write is a line {@code key version value} on standard output, written after the write returned.
 */
final class DuckdbCrashWriter {
    static final Column<String> ID = Column.text("id");
    static final Column<Long> VALUE = Column.integer("value");
    static final Schema<String, Row> RECORDS = Schema.dynamic("records", ID, VALUE);
    static final int KEYS = 8;
    private static final int WRITERS = 8;

    private DuckdbCrashWriter() {}

    public static void main(String[] args) {
        RowKeep keep = RowKeep.open(DuckdbStorage.at(Path.of(args[0])));
        RecordStore<String, Row> store = keep.store(RECORDS);
        for (int i = 0; i < KEYS; i++) {
            if (!store.exists("k" + i)) {
                store.insert(Row.of(RECORDS, "k" + i).with(VALUE, 0L));
            }
        }
        PrintStream out = System.out;
        for (int i = 0; i < WRITERS; i++) {
            boolean closures = i % 2 == 0;
            new Thread(() -> {
                        while (true) {
                            String key = "k" + ThreadLocalRandom.current().nextInt(KEYS);
                            var record = closures
                                    ? store.update(key, row -> row.with(VALUE, row.require(VALUE) + 1))
                                    : store.apply(Edit.update(RECORDS, key).add(VALUE, 1L))
                                            .orThrow();
                            out.println(key + " " + record.version() + " "
                                    + record.value().get(VALUE));
                            out.flush();
                        }
                    })
                    .start();
        }
        new Thread(() -> {
                    while (store.query().count() == KEYS) {
                        Thread.onSpinWait();
                    }
                })
                .start();
    }
}
