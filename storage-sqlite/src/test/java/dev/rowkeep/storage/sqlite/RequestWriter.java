package dev.rowkeep.storage.sqlite;

import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.Author;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.edit.WriteResult;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Row;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.store.RecordStore;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A process that sends requests, numbered from a first one, until it is killed. On standard output it says {@code sent n} before it
 * sends one and {@code done n answer} after it was answered.
 */
final class RequestWriter {
    static final Column<String> ID = Column.text("id");
    static final Column<Long> VALUE = Column.integer("value");
    static final Schema<String, Row> RECORDS = Schema.dynamic("records", ID, VALUE);
    private static final int KEYS = 8;
    private static final int THREADS = 6;

    private RequestWriter() {}

    public static void main(String[] args) {
        RowKeep keep = RowKeep.open(SqliteStorage.at(Path.of(args[0])));
        RecordStore<String, Row> store = prepared(keep);
        AtomicInteger next = new AtomicInteger(Integer.parseInt(args[1]));
        PrintStream out = System.out;
        for (int i = 0; i < THREADS; i++) {
            new Thread(() -> {
                        while (true) {
                            int request = next.getAndIncrement();
                            out.println("sent " + request);
                            out.println("done " + request + " " + answer(send(keep, store, request)));
                        }
                    })
                    .start();
        }
    }

    /** The store with the records that requests are about. */
    static RecordStore<String, Row> prepared(RowKeep keep) {
        RecordStore<String, Row> store = keep.store(RECORDS);
        for (int i = 0; i < KEYS; i++) {
            if (!store.exists("k" + i)) {
                store.insert(Row.of(RECORDS, "k" + i).with(VALUE, 0L));
            }
        }
        return store;
    }

    /** Sends a request: every fourth meets a record that is there, the others add one. */
    static WriteResult<String, Row> send(RowKeep keep, RecordStore<String, Row> store, int request) {
        String id = "r" + request;
        String key = "k" + request % KEYS;
        Edit<String, Row> edit = writes(request)
                ? Edit.update(RECORDS, key).add(VALUE, 1L)
                : Edit.insert(RECORDS, Row.of(RECORDS, key).with(VALUE, 0L));
        return store.as(keep.session(Author.job("sender")).correlatedBy(id).forRequest(id))
                .apply(edit);
    }

    static boolean writes(int request) {
        return request % 4 != 0;
    }

    /** What a request was answered the first time. */
    static String answer(WriteResult<String, Row> result) {
        WriteResult<String, Row> first =
                result instanceof WriteResult.Duplicate<String, Row> duplicate ? duplicate.first() : result;
        return first instanceof WriteResult.Conflicted<String, Row> conflicted
                ? "conflict:" + conflicted.conflict().actualVersion()
                : first.orThrow().version() + ":" + first.orThrow().position().sequence();
    }
}
