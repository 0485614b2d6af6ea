package dev.rowkeep.evidence.kill;

import dev.rowkeep.RowKeep;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.record.VersionedRecord;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Row;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.storage.duckdb.DuckdbStorage;
import dev.rowkeep.store.RecordStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/**
 * A program in full load until it is killed: writers, and one who asks queries, so that what is written is brought into the database again and
 * again, and one who exports. Every acknowledged write is a line {@code key version value} on standard output, written after the write returned; the value of a
 * deleted record is {@link #NO_VALUE}.
 */
final class Load {
    static final String DATABASE = "store.duckdb";
    static final String NO_VALUE = "none";
    static final Column<String> ID = Column.text("id");
    static final Column<Long> VALUE = Column.integer("value").required();
    static final Column<String> NOTE = Column.text("note");
    static final Schema<String, Row> RECORDS = Schema.dynamic("records", ID, VALUE, NOTE);

    private static final int SHARED_KEYS = 8;
    private static final int WRITERS = 8;
    /** So long that DuckDB makes a checkpoint every few thousand writes. */
    private static final int NOTE_LENGTH = 30_000;

    private final RecordStore<String, Row> store;

    private Load(RecordStore<String, Row> store) {
        this.store = store;
    }

    /** Starts the writers of {@code store}. */
    static Load start(RecordStore<String, Row> store) {
        Load load = new Load(store);
        for (int i = 0; i < SHARED_KEYS; i++) {
            load.insertUnlessThere("shared" + i);
        }
        for (int i = 0; i < WRITERS; i++) {
            load.start(i);
        }
        return load;
    }

    /** A failure of any thread ends the process. */
    static void endOnFailure() {
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            failure.printStackTrace();
            Runtime.getRuntime().halt(1);
        });
    }

    /** What the load does after it has opened the store. */
    enum Course {
        UNTIL_KILLED,
        /** It was to be killed while it opened the store, and was not. */
        ENDS_WHEN_OPEN
    }

    /** Arguments: the directory of the store, a file that is made when the load is full, the {@link Course}. */
    public static void main(String[] args) throws IOException {
        endOnFailure();
        Path directory = Path.of(args[0]);
        Exports.makeFolder(directory);
        RowKeep keep = RowKeep.open(DuckdbStorage.at(directory.resolve(DATABASE)));
        if (Course.valueOf(args[2]) == Course.ENDS_WHEN_OPEN) {
            Runtime.getRuntime().halt(0);
        }
        Load load = start(keep.store(RECORDS));
        new Thread(load::query).start();
        new Thread(() -> Exports.run(keep, directory)).start();
        Files.createFile(Path.of(args[1]));
    }

    private void start(int number) {
        Random random = new Random();
        new Thread(() -> {
                    String own = "own" + number;
                    insertUnlessThere(own);
                    while (true) {
                        String key = "shared" + random.nextInt(SHARED_KEYS);
                        switch (random.nextInt(8)) {
                            case 0 -> deleteAndInsert(own, note(random));
                            case 1, 2, 3 -> increaseByClosure(key);
                            default -> increaseByEdit(key);
                        }
                    }
                })
                .start();
    }

    private void insertUnlessThere(String key) {
        if (!store.exists(key)) {
            say(store.insert(Row.of(RECORDS, key).with(VALUE, 0L)));
        }
    }

    private void deleteAndInsert(String key, String note) {
        say(key, store.delete(key).version(), NO_VALUE);
        say(store.insert(Row.of(RECORDS, key).with(VALUE, 0L).with(NOTE, note)));
    }

    private void increaseByClosure(String key) {
        say(store.update(key, row -> row.with(VALUE, row.require(VALUE) + 1)));
    }

    private void increaseByEdit(String key) {
        say(store.apply(Edit.update(RECORDS, key).add(VALUE, 1L)).orThrow());
    }

    private void query() {
        while (store.query().count() >= SHARED_KEYS) {
            Thread.onSpinWait();
        }
    }

    /** Text that hardly becomes shorter when it is compressed. */
    private static String note(Random random) {
        return random.ints(NOTE_LENGTH, ' ', '~')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static void say(VersionedRecord<String, Row> record) {
        say(record.key(), record.version(), Long.toString(record.value().require(VALUE)));
    }

    private static void say(String key, long version, String value) {
        System.out.println(key + " " + version + " " + value);
    }
}
