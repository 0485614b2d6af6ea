package dev.rowkeep.evidence.crash;

import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.Author;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.edit.WriteResult;
import dev.rowkeep.schema.Row;
import dev.rowkeep.store.RecordStore;
import java.util.Map;
import java.util.Optional;

/**
 * A write under an id: the insert of a record that never was, or one that finds that record there. The same in every form of the
 * stores.
 *
 * @param id what it is called
 * @param value the value that tells the record from all others
 */
record Requested(String id, long value) {
    private static final String ASKED = "asked ";
    private static final String ANSWERED = "answered ";

    static Requested insert(long value) {
        return new Requested("insert-" + value, value);
    }

    /** Meets the record that the insert of {@code value} has left. */
    static Requested conflict(long value) {
        return new Requested("conflict-" + value, value);
    }

    /** Sends it; again, if it was sent before. */
    WriteResult<String, Row> send(RowKeep keep, RecordStore<String, Row> store) {
        Row row = Row.of(store.schema(), key()).with(Stores.VALUE, value);
        return store.as(keep.session(Author.job("requests")).forRequest(id)).apply(Edit.insert(store.schema(), row));
    }

    /** What is wrong with what a crash left of it; {@code answer} is what its sender was told, if it was. */
    Optional<String> problem(RowKeep keep, RecordStore<String, Row> store, Optional<String> answer) {
        WriteResult<String, Row> result = send(keep, store);
        if (answer.isPresent() && !(result instanceof WriteResult.Duplicate)) {
            return Optional.of("request " + id + " was answered " + answer.get() + ", and done again: " + result);
        }
        if (answer.isPresent() && !answer.get().equals(told(result))) {
            return Optional.of("request " + id + " was answered " + answer.get() + ", now " + told(result));
        }
        int versions = store.history(key()).size();
        return versions == 1 ? Optional.empty() : Optional.of("request " + id + " took effect " + versions + " times");
    }

    private String key() {
        return "request" + value;
    }

    String asked() {
        return ASKED + id + " " + value + "\n";
    }

    String answered(WriteResult<String, Row> result) {
        return ANSWERED + id + " " + value + " " + told(result) + "\n";
    }

    private static String told(WriteResult<String, Row> result) {
        WriteResult<String, Row> first =
                result instanceof WriteResult.Duplicate<String, Row> duplicate ? duplicate.first() : result;
        return first instanceof WriteResult.Conflicted<String, Row> conflicted
                ? "conflict:" + conflicted.conflict().actualVersion()
                : first.orThrow().version() + ":" + first.orThrow().position().sequence();
    }

    static boolean isLine(String line) {
        return line.startsWith(ASKED) || line.startsWith(ANSWERED);
    }

    /** Takes note of a line: of the request, and of its first answer. */
    static void parse(String line, Map<Requested, Optional<String>> requests) {
        String[] parts = line.split(" ", -1);
        Requested request = new Requested(parts[1], Long.parseLong(parts[2]));
        requests.merge(
                request,
                line.startsWith(ANSWERED) ? Optional.of(parts[3]) : Optional.empty(),
                (before, now) -> before.or(() -> now));
    }
}
