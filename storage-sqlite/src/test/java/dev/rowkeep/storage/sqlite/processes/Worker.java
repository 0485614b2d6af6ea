package dev.rowkeep.storage.sqlite.processes;

import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.Commit;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.edit.RecordNotFoundException;
import dev.rowkeep.edit.WriteResult;
import dev.rowkeep.error.RetriesExhaustedException;
import dev.rowkeep.log.LogFilter;
import dev.rowkeep.log.Subscription;
import dev.rowkeep.observe.KeepEvent;
import dev.rowkeep.query.Condition;
import dev.rowkeep.record.VersionedRecord;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Row;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.storage.sqlite.SqliteStorage;
import dev.rowkeep.store.KeepOptions;
import dev.rowkeep.store.RecordStore;
import dev.rowkeep.store.RetryPolicy;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * One of several processes on one file. It writes, reads and follows the log until a file called {@code stop} is there, or it is killed. Each
 * write is marked in the log by a name of its own; what became of it is a line in this process's diary, written in one call to the system:
 * {@code + NAME} acknowledged, {@code - NAME} certain not to be there. What must not be is a line {@code !}, and ends the process.
 */
final class Worker {
    static final Column<String> ID = Column.text("id");
    static final Column<Long> VALUE = Column.integer("value");
    static final Schema<String, Row> RECORDS = Schema.dynamic("records", ID, VALUE);

    /** Records that are only ever counted up, each write by one; those after them come and go. */
    static final int COUNTERS = 6;

    static final int COMING_AND_GOING = 4;

    private static final Duration SLOW_DELIVERY = Duration.ofMillis(100);

    private final Path directory;
    private final String name;
    private final Board board;
    private final FileOutputStream diary;
    private final RowKeep keep;
    private final RecordStore<String, Row> store;
    private long last;

    private Worker(Path directory, String name) throws IOException {
        this.directory = directory;
        this.name = name;
        this.board = new Board(directory.resolve("board"));
        this.diary = new FileOutputStream(directory.resolve("diary-" + name).toFile(), true);
        this.keep = RowKeep.open(
                SqliteStorage.at(directory.resolve("store.db")),
                KeepOptions.defaults()
                        .retry(RetryPolicy.defaults().withMaxRetries(20))
                        .cachedRecords(100)
                        .listener(this::observed));
        this.store = keep.store(RECORDS);
    }

    public static void main(String[] args) throws Exception {
        new Worker(Path.of(args[0]), args[1]).run();
    }

    private void run() throws InterruptedException, IOException {
        Subscription feed = follow();
        List<Thread> threads = new ArrayList<>();
        for (Activity each : List.<Activity>of(
                this::closure, this::closure, this::add, this::comeOrGo, this::read, this::read, this::query)) {
            threads.add(start(each, threads.size()));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        awaitFeed(feed);
        note("feed ended at " + feed.delivered().sequence());
        keep.close();
    }

    private interface Activity {
        void once(String write);
    }

    private Thread start(Activity activity, int number) {
        Thread thread = new Thread(() -> {
            for (long i = 0; !Files.exists(directory.resolve("stop")); i++) {
                String write = name + "." + number + "." + i;
                try {
                    activity.once(write);
                } catch (RetriesExhaustedException e) {
                    note("- " + write);
                } catch (StorageException e) {
                    boolean isKnown =
                            e.kind() == StorageException.Kind.BUSY || e.kind() == StorageException.Kind.ROLLED_BACK;
                    if (!isKnown) {
                        wrong(write + " failed: " + e);
                    }
                    note("- " + write);
                } catch (RuntimeException e) {
                    wrong(write + " failed: " + e);
                }
            }
        });
        thread.start();
        return thread;
    }

    private RecordStore<String, Row> as(String write) {
        return store.as(keep.session(dev.rowkeep.commit.Author.job(name)).correlatedBy(write));
    }

    private static int anyCounter() {
        return ThreadLocalRandom.current().nextInt(COUNTERS);
    }

    private void closure(String write) {
        int record = anyCounter();
        try {
            landed(write, record, as(write).update("k" + record, row -> row.with(VALUE, row.require(VALUE) + 1)));
        } catch (RecordNotFoundException e) {
            make(record);
        }
    }

    private void add(String write) {
        int record = anyCounter();
        if (as(write).apply(Edit.update(RECORDS, "k" + record).add(VALUE, 1L))
                instanceof WriteResult.Applied<String, Row> done) {
            landed(write, record, done.record());
        }
    }

    private void make(int record) {
        store.apply(Edit.insert(RECORDS, Row.of(RECORDS, "k" + record).with(VALUE, 0L)));
    }

    private void comeOrGo(String write) {
        int record = COUNTERS + ThreadLocalRandom.current().nextInt(COMING_AND_GOING);
        String key = "k" + record;
        Optional<VersionedRecord<String, Row>> there = store.get(key);
        Edit<String, Row> edit = there.isPresent()
                ? Edit.delete(RECORDS, key).expecting(there.get().version())
                : Edit.insert(RECORDS, Row.of(RECORDS, key).with(VALUE, 0L));
        if (as(write).apply(edit) instanceof WriteResult.Applied<String, Row> done) {
            landed(write, record, done.record());
        }
    }

    private void landed(String write, int record, VersionedRecord<String, Row> now) {
        board.acknowledge(record, now.version());
        board.count(Board.Tally.ACKNOWLEDGED);
        note("+ " + write);
    }

    /** Whatever anybody was told of before this read is in it. */
    private void read(String unused) {
        int record = ThreadLocalRandom.current().nextInt(COUNTERS + COMING_AND_GOING);
        long least = board.acknowledged(record);
        Optional<VersionedRecord<String, Row>> found = store.get("k" + record);
        if (found.isPresent() && found.get().version() < least) {
            wrong("read version " + found.get().version() + " of k" + record + " after " + least + " was acknowledged");
        }
        if (found.isEmpty() && record < COUNTERS && least > 0) {
            wrong("did not find k" + record + " after " + least + " was acknowledged");
        }
        board.count(Board.Tally.CHECKED_READS);
        Thread.onSpinWait();
    }

    /** A cached read is never older than a query before it, of whichever process that saw the commit. */
    private void query(String unused) {
        int record = anyCounter();
        long least = board.acknowledged(record);
        Optional<VersionedRecord<String, Row>> found =
                store.query().where(Condition.eq(ID, "k" + record)).first();
        if (found.isEmpty()) {
            return;
        }
        long seen = found.get().version();
        long cached = store.get("k" + record).orElseThrow().version();
        if (seen < least || cached < seen) {
            wrong("k" + record + " was at " + least + ", then a query gave " + seen + ", then a read " + cached);
        }
    }

    private Subscription follow() {
        last = keep.log().head().sequence();
        return keep.log().subscribe(keep.log().start(), LogFilter.everything(), this::delivered);
    }

    private long expected;

    /** From the first commit on: what was there before this process is caught up with. */
    private void delivered(Commit commit) {
        long sequence = commit.header().position().sequence();
        if (sequence != ++expected) {
            wrong("the feed delivered " + sequence + " where " + expected + " comes next");
        }
        board.count(Board.Tally.DELIVERIES);
        boolean isLive = sequence > last && !commit.header().author().name().equals(name);
        if (isLive && Duration.between(commit.header().time(), Instant.now()).compareTo(SLOW_DELIVERY) > 0) {
            board.count(Board.Tally.SLOW_DELIVERIES);
        }
    }

    private void awaitFeed(Subscription feed) throws InterruptedException {
        long head = keep.log().head().sequence();
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (feed.delivered().sequence() < head && System.nanoTime() < deadline) {
            Thread.sleep(1);
        }
        if (feed.delivered().sequence() < head) {
            wrong("the feed stands at " + feed.delivered() + ", the head is " + head + "; " + feed.failure());
        }
    }

    private void observed(KeepEvent event) {
        if (event instanceof KeepEvent.WriteRetried) {
            board.count(Board.Tally.RETRIES);
        } else if (event instanceof KeepEvent.CacheHit) {
            board.count(Board.Tally.CACHE_HITS);
        }
    }

    private void note(String line) {
        try {
            diary.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            wrong("the diary cannot be written: " + e);
        }
    }

    private void wrong(String what) {
        System.out.println("! " + what);
        note("! " + what);
        Runtime.getRuntime().halt(3);
    }
}
