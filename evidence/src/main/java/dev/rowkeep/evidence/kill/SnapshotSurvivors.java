package dev.rowkeep.evidence.kill;

import dev.rowkeep.RowKeep;
import dev.rowkeep.evidence.Engine;
import dev.rowkeep.schema.Row;
import dev.rowkeep.snapshot.Snapshot;
import dev.rowkeep.store.RecordStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Looks at what killed processes left of snapshots: each is whole or not there, what was said to be kept is, and no file is left over. */
final class SnapshotSurvivors {
    private final Engine engine;
    private final Path directory;
    private final Map<String, Long> kept = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    SnapshotSurvivors(Engine engine, Path directory) {
        this.engine = engine;
        this.directory = directory;
    }

    /** What is wrong, given what the process said, and those before it. */
    List<String> check(List<String> said) throws IOException {
        for (String line : said) {
            if (line.startsWith(SnapshotLoad.KEPT)) {
                String[] words = line.substring(SnapshotLoad.KEPT.length()).split(" ", -1);
                kept.put(words[0], Long.parseLong(words[1]));
            } else if (line.startsWith(SnapshotLoad.DROPPED)) {
                kept.remove(line.substring(SnapshotLoad.DROPPED.length()));
            }
        }
        try (RowKeep keep = RowKeep.open(engine.at(directory.resolve(SnapshotLoad.DATABASE)))) {
            RecordStore<String, Row> store = keep.store(BackupLoad.RECORDS);
            keep.log().verify().problem().ifPresent(problem -> problems.add("verify says: " + problem));
            List<Snapshot> listed = keep.snapshots().list();
            listed.forEach(snapshot -> check(keep, store, snapshot));
            requireKept(listed);
            Path folder = directory.resolve(SnapshotLoad.DATABASE + ".snapshots");
            try (Stream<Path> files = Files.isDirectory(folder) ? Files.list(folder) : Stream.empty()) {
                long count = files.filter(file -> !file.endsWith("lock")).count();
                if (count != listed.size()) {
                    problems.add(count + " files of " + listed.size() + " snapshots");
                }
            }
        }
        return problems;
    }

    private void check(RowKeep keep, RecordStore<String, Row> store, Snapshot snapshot) {
        Optional<String> problem = keep.snapshots().verify(snapshot.name());
        problem.ifPresent(what -> problems.add(snapshot.name() + ": " + what));
        Long sum = kept.get(snapshot.name());
        if (sum != null && sum != SnapshotLoad.sum(store, snapshot)) {
            problems.add(snapshot.name() + " shows another sum than when it was made");
        }
    }

    /** What was said to be kept is there, but for one that was being dropped when the process was killed: the oldest. */
    private void requireKept(List<Snapshot> listed) {
        List<String> names = listed.stream().map(Snapshot::name).toList();
        List<String> missing =
                kept.keySet().stream().filter(name -> !names.contains(name)).toList();
        if (missing.size() > 1 || kept.size() - missing.size() < Math.min(2, kept.size())) {
            problems.add("kept and lost: " + missing);
        }
        missing.forEach(kept::remove);
    }
}
