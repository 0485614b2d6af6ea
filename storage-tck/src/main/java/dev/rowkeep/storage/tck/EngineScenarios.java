package dev.rowkeep.storage.tck;

import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.Author;
import dev.rowkeep.merge.MergeRule;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Row;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.store.KeepOptions;
import dev.rowkeep.store.RecordStore;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What the scenarios of the whole engine share: a handle on a fresh storage and one store of templates. */
public abstract class EngineScenarios {
    /** The key. */
    protected static final Column<String> ID = Column.text("id");

    /** A name, unique. */
    protected static final Column<String> NAME = Column.text("name").unique();

    /** Text that several people write. */
    protected static final Column<String> SECTIONS = Column.text("sections");

    /** Tags that several people set. */
    protected static final Column<SortedSet<String>> FIELDS =
            Column.textSet("fields").merge(MergeRule.UNION);

    /** A counter. */
    protected static final Column<Long> USES = Column.integer("uses");

    /** A number whose changes add up. */
    protected static final Column<Long> STOCK = Column.integer("stock").merge(MergeRule.SUM);

    /** The lower of two bounds. */
    protected static final Column<Long> LOW = Column.integer("low").min(0L);

    /** The upper of two bounds. */
    protected static final Column<Long> HIGH = Column.integer("high").max(1_000_000L);

    /** The store's schema. */
    protected final Schema<String, Row> templates =
            Schema.dynamic("templates", ID, NAME, SECTIONS, FIELDS, USES, STOCK, LOW, HIGH);

    /** The faults that commits meet; none at first. */
    protected FaultyStorage storage;

    /** The handle. */
    protected RowKeep keep;

    /** The store, written as the default author. */
    protected RecordStore<String, Row> store;

    /** Threads for concurrent callers. */
    protected ExecutorService threads;

    @TempDir
    Path directory;

    /** For the fixture's author. */
    @SuppressWarnings("NullAway.Init")
    protected EngineScenarios() {}

    /** The storage that belongs in {@code where}. */
    protected abstract StorageProvider provider(Path where);

    /** Opens a fresh storage. */
    @BeforeEach
    void open() {
        storage = FaultyStorage.over(provider(directory));
        threads = Executors.newCachedThreadPool();
        keep = RowKeep.open(storage, options());
        store = keep.store(templates);
    }

    /** Closes everything. */
    @AfterEach
    void close() throws InterruptedException {
        threads.shutdownNow();
        threads.awaitTermination(10, TimeUnit.SECONDS);
        keep.close();
    }

    /** The options that the handle is opened with. */
    protected KeepOptions options() {
        return KeepOptions.defaults();
    }

    /** The store, written by a user called {@code name}. */
    protected RecordStore<String, Row> as(String name) {
        return store.as(keep.session(Author.user(name)));
    }

    /** A template with counters at 0. */
    protected Row template(String id) {
        return Row.of(templates, id)
                .with(NAME, "name of " + id)
                .with(SECTIONS, "one\ntwo\nthree")
                .with(USES, 0L)
                .with(STOCK, 0L)
                .with(LOW, 0L)
                .with(HIGH, 10L);
    }

    /** The record {@code id} as it is. */
    protected Row row(String id) {
        return store.get(id).orElseThrow().value();
    }

    /** Whether the long form of the evidence was asked for. */
    protected static boolean isLong() {
        return "long".equals(System.getProperty("rowkeep.evidence"));
    }
}
