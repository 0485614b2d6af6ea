package dev.rowkeep.evidence.crash;

import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.Author;
import dev.rowkeep.edit.CommitResult;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.edit.WriteResult;
import dev.rowkeep.record.VersionedRecord;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Row;
import dev.rowkeep.store.RecordStore;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/**
 * A program that writes to two stores in every way there is, no value twice, and appends a line to {@code said.txt} when a write or a
 * read has returned. Its files are recorded from outside. It may go on with what a crash has left.
 */
final class Workload implements AutoCloseable {
    static final String SAID = "said.txt";

    private static final int KEYS = 5;
    private static final int AT_ONCE = 8;
    /** With these, the database's log comes to more than the 16 MiB after which DuckDB takes a checkpoint. */
    private static final int FILLINGS = 8;

    private static final int RECORDS_A_FILLING = 64;
    private static final int LONG_CHARACTERS = 20_000;
    /** More than a commit holds, so that what was read of the log's length gives values that were never used. */
    private static final int MOST_VALUES_OF_A_COMMIT = 100;

    private final Kept kept;
    private final Path directory;
    private final Random random;
    private final FileOutputStream said;
    private Stores stores;
    private RowKeep keep;
    private RecordStore<String, Row> left;
    private RecordStore<String, Row> right;
    private RecordStore<String, Row> store;
    private String key = "k0";
    private long values;

    private Workload(Kept kept, Path directory, long seed) throws IOException {
        this.kept = kept;
        this.directory = directory;
        this.random = new Random(seed);
        Path text = directory.resolve(SAID);
        this.stores =
                Said.parse(Files.exists(text) ? Files.readString(text) : "").stores();
        this.said = new FileOutputStream(text.toFile(), true);
        this.keep = RowKeep.open(kept.in(directory));
        this.left = keep.store(stores.left());
        this.right = keep.store(stores.right());
        this.store = left;
        this.values = keep.log().head().sequence() * MOST_VALUES_OF_A_COMMIT;
        query();
    }

    /**
     * Runs below {@code args[0]} with {@code args[1]} for a seed on the storage {@code args[2]}. Each further argument is a directory there,
     * {@code =}, and steps.
     */
    public static void main(String[] args) throws Exception {
        Kept kept = Kept.valueOf(args[2]);
        for (String run : List.of(args).subList(3, args.length)) {
            String[] parts = run.split("=", 2);
            Path directory = Path.of(args[0]).resolve(parts[0]);
            try (Workload workload = new Workload(kept, directory, Long.parseLong(args[1]) + run.hashCode())) {
                for (String step : parts[1].split(",", -1)) {
                    workload.run(Step.valueOf(step));
                }
            }
        }
    }

    private void run(Step step) throws Exception {
        switch (step) {
            case ELSEWHERE -> {
                store = random.nextBoolean() ? left : right;
                key = "k" + random.nextInt(KEYS);
            }
            case INSERT -> {
                key = "n" + (values + 1);
                insert();
            }
            case UPDATE -> {
                requireRecord();
                update("");
            }
            case LONG_TEXT -> {
                requireRecord();
                update("x".repeat(LONG_CHARACTERS + random.nextInt(LONG_CHARACTERS)));
            }
            case DELETE -> delete();
            case RE_INSERT -> {
                if (store.exists(key) || store.history(key, 1).isEmpty()) {
                    delete();
                }
                insert();
            }
            case COMMIT_OF_TWO -> commitOfTwo();
            case REQUESTS -> requests();
            case MANY_AT_ONCE -> manyAtOnce();
            case QUERY -> query();
            case REOPEN -> reopen();
            case SCHEMA_CHANGE -> {
                stores = new Stores(stores.extras() + 1);
                say(Said.next(stores));
                reopen();
            }
            case CHECKPOINT -> checkpoint("PASSIVE");
            case CHECKPOINT_AND_CUT -> checkpoint("TRUNCATE");
            case FILL -> fill();
            case MARK -> say(Said.mark());
        }
    }

    private void requireRecord() throws IOException {
        if (!store.exists(key)) {
            insert();
        }
    }

    private void insert() throws IOException {
        long value = ++values;
        acknowledge(store, store.insert(stores.row(store.schema(), key, value, "")), value);
    }

    private void update(String note) throws IOException {
        long value = ++values;
        acknowledge(store, store.update(key, row -> stores.filled(row, value, note)), value);
    }

    private void delete() throws IOException {
        requireRecord();
        acknowledge(store, store.delete(key), Acknowledged.DELETED);
    }

    private void commitOfTwo() throws IOException {
        long first = ++values;
        long second = ++values;
        CommitResult result = keep.session(Author.job("pairs")).commit(List.of(edit(left, first), edit(right, second)));
        result.orThrow();
        acknowledge(left, left.get(key).orElseThrow(), first);
        acknowledge(right, right.get(key).orElseThrow(), second);
    }

    private Edit<String, Row> edit(RecordStore<String, Row> at, long value) {
        Optional<VersionedRecord<String, Row>> read = at.get(key);
        if (read.isEmpty()) {
            return Edit.insert(at.schema(), stores.row(at.schema(), key, value, ""));
        }
        Edit<String, Row> edit = Edit.update(at.schema(), key)
                .set(Stores.VALUE, value)
                .expecting(read.get().version());
        for (Column<Long> extra : stores.extraColumns()) {
            edit = edit.set(extra, value);
        }
        return edit;
    }

    private void requests() throws IOException {
        long value = ++values;
        for (Requested request : List.of(Requested.insert(value), Requested.conflict(value), Requested.insert(value))) {
            say(request.asked());
            say(request.answered(request.send(keep, left)));
        }
    }

    private void manyAtOnce() throws Exception {
        List<CompletableFuture<WriteResult<String, Row>>> writes = new ArrayList<>();
        List<Long> written = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            long value = ++values;
            written.add(value);
            writes.add(
                    left.applyAsync(Edit.insert(left.schema(), stores.row(left.schema(), "many" + value, value, ""))));
        }
        for (int i = 0; i < AT_ONCE; i++) {
            acknowledge(left, writes.get(i).get().orThrow(), written.get(i));
        }
    }

    private void query() throws IOException {
        acknowledgeWhatIsRead(left);
        acknowledgeWhatIsRead(right);
    }

    private void fill() throws IOException {
        String note = "x".repeat(LONG_CHARACTERS);
        for (int i = 0; i < FILLINGS; i++) {
            List<Edit<String, Row>> edits = new ArrayList<>();
            for (int j = 0; j < RECORDS_A_FILLING; j++) {
                long value = ++values;
                edits.add(Edit.insert(left.schema(), stores.row(left.schema(), "fill" + value, value, note)));
            }
            keep.session(Author.job("filling")).commit(List.copyOf(edits)).orThrow();
            acknowledge(left, left.get("fill" + values).orElseThrow(), values);
            left.query().count();
        }
    }

    private void reopen() {
        boolean isLeft = store == left;
        keep.close();
        keep = RowKeep.open(kept.in(directory));
        left = keep.store(stores.left());
        right = keep.store(stores.right());
        store = isLeft ? left : right;
    }

    /** What SQLite would do by itself after thirty thousand pages. */
    private void checkpoint(String mode) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + kept.database(directory));
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("PRAGMA wal_checkpoint(" + mode + ")")) {
            if (!result.next() || result.getInt("busy") != 0 || result.getInt("log") != result.getInt("checkpointed")) {
                throw new IllegalStateException("SQLite did not take its checkpoint");
            }
        }
    }

    private void acknowledgeWhatIsRead(RecordStore<String, Row> at) throws IOException {
        for (VersionedRecord<String, Row> record : at.query().list()) {
            say(new Acknowledged(
                            at.schema().name(),
                            record.key(),
                            record.version(),
                            record.value().require(Stores.VALUE),
                            0)
                    .line());
        }
    }

    private void acknowledge(RecordStore<String, Row> at, VersionedRecord<String, Row> record, long value)
            throws IOException {
        say(new Acknowledged(at.schema().name(), record.key(), record.version(), value, stores.extras()).line());
    }

    private void say(String line) throws IOException {
        said.write(line.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException {
        keep.close();
        said.close();
    }
}
