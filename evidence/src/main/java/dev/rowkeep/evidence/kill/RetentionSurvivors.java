package dev.rowkeep.evidence.kill;

import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.Change;
import dev.rowkeep.commit.Commit;
import dev.rowkeep.commit.Position;
import dev.rowkeep.evidence.Engine;
import dev.rowkeep.record.VersionedRecord;
import dev.rowkeep.schema.Row;
import dev.rowkeep.store.RecordStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks at what killed processes left of a log that they were cutting: it verifies, is whole from its start on, which is not before what was said to be
 * cut, has no contents that were said to be dropped, and every value that was said to be written is there, with the change that made it.
 */
final class RetentionSurvivors {
    private static final int PAGE = 1_000;

    private final Engine engine;
    private final Path directory;
    private final Map<String, Long> written = new HashMap<>();
    private final List<String> problems = new ArrayList<>();
    private long cut;
    private long emptied;

    RetentionSurvivors(Engine engine, Path directory) {
        this.engine = engine;
        this.directory = directory;
    }

    /** How far the log was cut. */
    long cut() {
        return cut;
    }

    /** Up to which commit all but the newest contents were dropped. */
    long emptied() {
        return emptied;
    }

    /** What is wrong, given what the process said, and those before it. */
    List<String> check(List<String> said) {
        for (String line : said) {
            String[] words = line.split(" ", -1);
            if (line.startsWith(RetentionLoad.CUT)) {
                cut = Long.parseLong(words[1]);
            } else if (line.startsWith(RetentionLoad.EMPTIED)) {
                emptied = Long.parseLong(words[1]);
            } else if (line.startsWith(RetentionLoad.WROTE) && words.length == 3 && !words[2].isEmpty()) {
                written.merge("r" + words[1], Long.parseLong(words[2]), Math::max);
            }
        }
        try (RowKeep keep = RowKeep.open(engine.at(directory.resolve(RetentionLoad.DATABASE)))) {
            RecordStore<String, Row> store = keep.store(BackupLoad.RECORDS);
            keep.log().verify().problem().ifPresent(problem -> problems.add("verify says: " + problem));
            written.forEach((key, value) -> {
                if (store.get(key).orElseThrow().value().require(BackupLoad.VALUE) < value) {
                    problems.add("lost: value " + value + " of " + key);
                }
                requireTold(store, key);
            });
            requireWhole(keep);
            cut = keep.log().start().sequence();
        }
        return problems;
    }

    /** That the newest version can be read from the history too, unless the log begins after it. */
    private void requireTold(RecordStore<String, Row> store, String key) {
        VersionedRecord<String, Row> now = store.get(key).orElseThrow();
        boolean isTold =
                store.asOf(key, now.version()).map(VersionedRecord::value).equals(Optional.of(now.value()));
        if (!isTold) {
            problems.add("the history has another version " + now.version() + " of " + key);
        }
    }

    private void requireWhole(RowKeep keep) {
        Map<Object, Integer> kept = new HashMap<>();
        Position at = keep.log().start();
        if (at.sequence() < cut) {
            problems.add("the log begins at " + at.sequence() + ", though it was cut at " + cut);
        }
        for (List<Commit> page = keep.log().read(at, PAGE);
                !page.isEmpty();
                page = keep.log().read(at, PAGE)) {
            for (Commit commit : page) {
                if (commit.position().sequence() != at.sequence() + 1) {
                    problems.add("after commit " + at.sequence() + " comes " + commit.position());
                }
                at = commit.position();
                if (at.sequence() <= emptied) {
                    commit.changes().stream()
                            .filter(change -> change.store().equals(BackupLoad.RECORDS.name())
                                    && change.contents() == Change.Contents.KEPT)
                            .forEach(change -> kept.merge(change.key(), 1, Integer::sum));
                }
            }
        }
        kept.forEach((key, count) -> {
            if (count > 1) {
                problems.add(count + " changes of " + key + " up to commit " + emptied + " have contents, not 1");
            }
        });
        if (!at.equals(keep.log().head())) {
            problems.add("the log ends at " + at + ", its head is " + keep.log().head());
        }
    }
}
