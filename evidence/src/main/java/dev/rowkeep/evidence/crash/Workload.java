package dev.rowkeep.evidence.crash;

import dev.rowkeep.RowKeep;
import dev.rowkeep.edit.CommitResult;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.edit.WriteResult;
import dev.rowkeep.record.VersionedRecord;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Row;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.storage.sqlite.SqliteStorage;
import dev.rowkeep.store.RecordStore;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/**
 * A program that writes to two stores in every way there is, no value twice, and appends a line to {@code acknowledged.txt} when a
 * write has returned. Its files are recorded from outside.
 */
final class Workload implements AutoCloseable {
    static final String DATABASE = "store.db";
    static final String ACKNOWLEDGED = "acknowledged.txt";

    static final Column<String> ID = Column.text("id");
    static final Column<Long> VALUE = Column.integer("value").required();
    static final Column<String> NOTE = Column.text("note");
    static final Schema<String, Row> LEFT = Schema.dynamic("left", ID, VALUE, NOTE);
    static final Schema<String, Row> RIGHT = Schema.dynamic("right", ID, VALUE.unique(), NOTE);

    private static final int KEYS = 5;
    private static final int AT_ONCE = 8;

    private final Path directory;
    private final Random random;
    private final FileOutputStream acknowledged;
    private RowKeep keep;
    private RecordStore<String, Row> left;
    private RecordStore<String, Row> right;
    private long values;

    /** What the workload does next. */
    enum Step {
        INSERT_OR_UPDATE,
        DELETE,
        COMMIT_OF_TWO,
        MANY_AT_ONCE,
        LONG_TEXT,
        REOPEN
    }

    private Workload(Path directory, long seed) throws IOException {
        this.directory = directory;
        this.random = new Random(seed);
        this.acknowledged = new FileOutputStream(directory.resolve(ACKNOWLEDGED).toFile());
        this.keep = RowKeep.open(SqliteStorage.at(directory.resolve(DATABASE)));
        this.left = keep.store(LEFT);
        this.right = keep.store(RIGHT);
    }

    /** Runs in {@code args[0]}: with {@code args[1]} for a seed, or the steps that follow {@code args[1]}, by name. */
    public static void main(String[] args) throws Exception {
        try (Workload workload = new Workload(Path.of(args[0]), Long.parseLong(args[1]))) {
            for (String step : args[2].split(",", -1)) {
                workload.run(Step.valueOf(step));
            }
        }
    }

    private void run(Step step) throws Exception {
        RecordStore<String, Row> store = random.nextBoolean() ? left : right;
        String key = "k" + random.nextInt(KEYS);
        switch (step) {
            case INSERT_OR_UPDATE -> put(store, key, "");
            case LONG_TEXT -> put(store, key, "x".repeat(20_000 + random.nextInt(20_000)));
            case DELETE -> delete(store, key);
            case COMMIT_OF_TWO -> commitOfTwo();
            case MANY_AT_ONCE -> manyAtOnce();
            case REOPEN -> reopen();
        }
    }

    private void put(RecordStore<String, Row> store, String key, String note) throws IOException {
        long value = ++values;
        VersionedRecord<String, Row> written = store.exists(key)
                ? store.update(key, row -> row.with(VALUE, value).with(NOTE, note))
                : store.insert(row(store.schema(), key, value, note));
        acknowledge(store, written, value);
    }

    private void delete(RecordStore<String, Row> store, String key) throws IOException {
        if (store.exists(key)) {
            acknowledge(store, store.delete(key), Acknowledged.DELETED);
        }
    }

    private void commitOfTwo() throws IOException {
        String key = "k" + random.nextInt(KEYS);
        long first = ++values;
        long second = ++values;
        CommitResult result = keep.session(dev.rowkeep.commit.Author.job("pairs"))
                .commit(List.of(edit(left, key, first), edit(right, key, second)));
        result.orThrow();
        acknowledge(left, left.get(key).orElseThrow(), first);
        acknowledge(right, right.get(key).orElseThrow(), second);
    }

    private void manyAtOnce() throws Exception {
        List<CompletableFuture<WriteResult<String, Row>>> writes = new ArrayList<>();
        List<Long> written = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            long value = ++values;
            written.add(value);
            writes.add(left.applyAsync(Edit.insert(LEFT, row(LEFT, "many" + value, value, ""))));
        }
        for (int i = 0; i < AT_ONCE; i++) {
            acknowledge(left, writes.get(i).get().orThrow(), written.get(i));
        }
    }

    private void reopen() {
        keep.close();
        keep = RowKeep.open(SqliteStorage.at(directory.resolve(DATABASE)));
        left = keep.store(LEFT);
        right = keep.store(RIGHT);
    }

    private static Edit<String, Row> edit(RecordStore<String, Row> store, String key, long value) {
        Optional<VersionedRecord<String, Row>> read = store.get(key);
        return read.isPresent()
                ? Edit.update(store.schema(), key)
                        .set(VALUE, value)
                        .expecting(read.get().version())
                : Edit.insert(store.schema(), row(store.schema(), key, value, ""));
    }

    static Row row(Schema<String, Row> schema, String key, long value, String note) {
        return Row.of(schema, key).with(VALUE, value).with(NOTE, note);
    }

    private void acknowledge(RecordStore<String, Row> store, VersionedRecord<String, Row> record, long value)
            throws IOException {
        acknowledged.write(new Acknowledged(
                        store.schema().name(),
                        record.key(),
                        record.version(),
                        value,
                        record.position().sequence())
                .line()
                .getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException {
        keep.close();
        acknowledged.close();
    }
}
