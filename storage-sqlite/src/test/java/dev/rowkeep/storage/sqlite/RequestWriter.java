package dev.rowkeep.storage.sqlite;

import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.Author;
import dev.rowkeep.edit.CommitResult;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.edit.WriteResult;
import dev.rowkeep.error.RetriesExhaustedException;
import dev.rowkeep.record.VersionedRecord;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Row;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.store.RecordStore;
import dev.rowkeep.store.Session;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * Sends requests. As a process it reads lines {@code n request} from standard input, sends the request until it is answered, and says {@code n
 * answer.} on standard output.
 */
final class RequestWriter {
    private static final Column<Long> VALUE = Column.integer("value");
    private static final Column<String> ID = Column.text("id");
    private static final Schema<String, Row> RECORDS = Schema.dynamic("records", ID, VALUE);
    static final String FIRST = "first: ";
    static final String AGAIN = "again: ";

    /** Before the answer to a closure, which is the record whether or not this was the first time. */
    static final String UNTOLD = "untold: ";

    private static final int KEYS = 40;
    private static final int THREADS = 8;

    private final RowKeep keep;
    private final RecordStore<String, Row> store;

    /** Makes the records that requests are about, unless they are there. */
    RequestWriter(RowKeep keep) {
        this.keep = keep;
        this.store = keep.store(RECORDS);
        for (int i = 0; i < KEYS; i++) {
            Row fresh = Row.of(RECORDS, "k" + i).with(VALUE, 0L);
            store.as(keep.session(Author.job("maker")).forRequest("k" + i)).apply(Edit.insert(RECORDS, fresh));
        }
    }

    public static void main(String[] args) {
        RequestWriter writer = new RequestWriter(RowKeep.open(SqliteStorage.at(Path.of(args[0]))));
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (int i = 0; i < THREADS; i++) {
            Thread thread = new Thread(() -> writer.sendAll(in, System.out));
            thread.setUncaughtExceptionHandler((which, failure) -> {
                failure.printStackTrace();
                Runtime.getRuntime().halt(3);
            });
            thread.start();
        }
    }

    private void sendAll(BufferedReader in, PrintStream out) {
        try {
            for (String line = in.readLine(); line != null && !out.checkError(); line = in.readLine()) {
                String[] parts = line.split(" ");
                // The full stop tells that a kill has not cut the line.
                out.println(parts[0] + " " + sendUntilAnswered(Integer.parseInt(parts[1])) + ".");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String sendUntilAnswered(int request) {
        while (true) {
            try {
                return send(request);
            } catch (RetriesExhaustedException e) {
                // A lost race leaves the request's id free.
            } catch (StorageException e) {
                if (e.kind() != StorageException.Kind.BUSY) {
                    throw e;
                }
            }
        }
    }

    /** What a request asks for. */
    private enum Kind {
        /** Meets a record that is there. */
        CONFLICTING,
        ADD,
        CLOSURE,
        /** Adds to two records in one commit. */
        PAIR;

        static Kind of(int request) {
            return values()[request % values().length];
        }
    }

    /** How much a request adds to the sum of all records. */
    static int adds(int request) {
        return switch (Kind.of(request)) {
            case CONFLICTING -> 0;
            case ADD, CLOSURE -> 1;
            case PAIR -> 2;
        };
    }

    /** What came of a request the first time, after {@link #FIRST} if this was it, {@link #AGAIN} or {@link #UNTOLD}. */
    String send(int request) {
        String id = "r" + request;
        Session session = keep.session(Author.job("sender")).correlatedBy(id).forRequest(id);
        String key = "k" + request % KEYS;
        Edit<String, Row> add = Edit.update(RECORDS, key).add(VALUE, 1L);
        return switch (Kind.of(request)) {
            case CONFLICTING ->
                answer(store.as(session)
                        .apply(Edit.insert(RECORDS, Row.of(RECORDS, key).with(VALUE, 0L))));
            case ADD -> answer(store.as(session).apply(add));
            case CLOSURE ->
                UNTOLD + answer(store.as(session).update(key, row -> row.with(VALUE, row.require(VALUE) + 1)));
            case PAIR -> {
                String other = "k" + (request + 1) % KEYS;
                yield answer(
                        session.commit(List.of(add, Edit.update(RECORDS, other).add(VALUE, 1L))));
            }
        };
    }

    private static String answer(WriteResult<String, Row> result) {
        if (result instanceof WriteResult.Duplicate<String, Row> duplicate) {
            return AGAIN + outcome(duplicate.first());
        }
        return FIRST + outcome(result);
    }

    private static String outcome(WriteResult<String, Row> first) {
        return first instanceof WriteResult.Conflicted<String, Row> conflicted
                ? "conflict with " + conflicted.conflict().actualVersion()
                : answer(first.orThrow());
    }

    private static String answer(CommitResult result) {
        List<Long> versions =
                result.orThrow().stream().map(each -> each.orThrow().version()).toList();
        return result instanceof CommitResult.Duplicate duplicate
                ? AGAIN + versions + " at " + duplicate.position().sequence()
                : FIRST + versions + " at "
                        + ((CommitResult.Committed) result).position().sequence();
    }

    private static String answer(VersionedRecord<String, Row> record) {
        return record.version() + " at " + record.position().sequence();
    }

    /** The sum of all records. */
    long sum() {
        return store.query().list().stream()
                .mapToLong(record -> record.value().require(VALUE))
                .sum();
    }
}
