package dev.rowkeep.evidence.kill;

import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.CellChange;
import dev.rowkeep.commit.Change;
import dev.rowkeep.commit.ChangeKind;
import dev.rowkeep.commit.Commit;
import dev.rowkeep.commit.Position;
import dev.rowkeep.record.VersionedRecord;
import dev.rowkeep.schema.Row;
import dev.rowkeep.storage.duckdb.DuckdbStorage;
import dev.rowkeep.store.RecordStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Compares what a store holds with what was said of it in all its lives: acknowledged writes, and records exported. */
final class Survivors {
    private static final int COMMITS_AT_ONCE = 500;

    private final Map<String, String> said = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    /** Takes note of lines {@code key version value}: that the log has those versions. */
    void expect(List<String> lines) {
        for (String line : lines) {
            int end = line.lastIndexOf(' ');
            said.put(line.substring(0, end), line.substring(end + 1));
        }
    }

    /** Opens the store and looks at everything; what is wrong. */
    List<String> check(Path database) {
        try (RowKeep keep = RowKeep.open(DuckdbStorage.at(database))) {
            return check(keep);
        }
    }

    /** Looks at everything; what is wrong. */
    List<String> check(RowKeep keep) {
        compareRecords(keep.store(Load.RECORDS), newest(keep));
        keep.log().verify().problem().ifPresent(problem -> problems.add("verify says: " + problem));
        return problems;
    }

    /** The newest value of each record as the log has it, in which each one that was said must be. */
    private Map<String, String> newest(RowKeep keep) {
        Map<String, String> missing = new HashMap<>(said);
        Map<String, String> newest = new TreeMap<>();
        Position read = keep.log().start();
        for (List<Commit> commits = keep.log().read(read, COMMITS_AT_ONCE);
                !commits.isEmpty();
                commits = keep.log().read(read, COMMITS_AT_ONCE)) {
            for (Commit commit : commits) {
                read = commit.position();
                for (Change change : commit.changes()) {
                    if (!change.store().equals(Load.RECORDS.name())) {
                        continue;
                    }
                    String value = value(change);
                    String write = change.key() + " " + change.version();
                    String wanted = missing.remove(write);
                    if (wanted != null && !wanted.equals(value)) {
                        problems.add("said " + write + " " + wanted + ", the log has " + value);
                    }
                    newest.put((String) change.key(), change.version() + " " + value);
                }
            }
        }
        missing.forEach((write, value) -> problems.add("said and lost: " + write + " " + value));
        return newest;
    }

    private static String value(Change change) {
        if (change.kind() == ChangeKind.DELETE) {
            return Load.NO_VALUE;
        }
        for (CellChange cell : change.cells()) {
            if (cell.column().equals(Load.VALUE.name())) {
                return String.valueOf(cell.after());
            }
        }
        return "unchanged";
    }

    private void compareRecords(RecordStore<String, Row> store, Map<String, String> newest) {
        Map<String, String> queried = new TreeMap<>();
        for (VersionedRecord<String, Row> record : store.query().list()) {
            queried.put(record.key(), text(record));
        }
        newest.forEach((key, wanted) -> {
            String gotten = store.get(key).map(Survivors::text).orElse(Load.NO_VALUE);
            boolean isDeleted = wanted.endsWith(Load.NO_VALUE);
            if (!gotten.equals(isDeleted ? Load.NO_VALUE : wanted)) {
                problems.add(key + " is " + wanted + " in the log, get gives " + gotten);
            }
            if (!queried.getOrDefault(key, Load.NO_VALUE).equals(isDeleted ? Load.NO_VALUE : wanted)) {
                problems.add(key + " is " + wanted + " in the log, a query gives " + queried.get(key));
            }
        });
        if (!newest.keySet().containsAll(queried.keySet())) {
            problems.add("a query gives records that the log does not have");
        }
    }

    private static String text(VersionedRecord<String, Row> record) {
        return record.version() + " " + record.value().require(Load.VALUE);
    }
}
