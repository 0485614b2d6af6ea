package dev.rowkeep.evidence.kill;

import dev.rowkeep.Replica;
import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.Position;
import dev.rowkeep.evidence.Engine;
import dev.rowkeep.schema.Row;
import dev.rowkeep.store.KeepOptions;
import dev.rowkeep.store.RecordReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Looks at what a killed process left of a replica that begins with a snapshot: nothing, or all of the snapshot and whole commits after it. */
final class BootstrapSurvivors {
    private final Engine engine;
    private final Path directory;
    private final List<String> problems = new ArrayList<>();

    BootstrapSurvivors(Engine engine, Path directory) {
        this.engine = engine;
        this.directory = directory;
    }

    /** What is wrong, given what the process said. */
    List<String> check(List<String> said) throws IOException {
        try (RowKeep primary = RowKeep.openReadOnly(ReplicaLoad.primary(directory), KeepOptions.defaults())) {
            lookAtWhatIsLeft(primary, said);
            goOn(primary);
        }
        return problems;
    }

    private void lookAtWhatIsLeft(RowKeep primary, List<String> said) throws IOException {
        Position begin = primary.snapshots().find("begin").orElseThrow().position();
        try (Replica replica = Replica.open(
                ReplicaLoad.replica(engine, directory), primary.log().start())) {
            long here = replica.position().sequence();
            long taken = said.stream()
                    .filter(line -> line.startsWith(ReplicaLoad.TAKEN))
                    .mapToLong(line -> Long.parseLong(line.substring(ReplicaLoad.TAKEN.length())))
                    .max()
                    .orElse(said.contains(BootstrapLoad.BEGUN) ? begin.sequence() : 0);
            if (here < taken) {
                problems.add("it was at commit " + taken + ", and is at " + here);
            }
            if (here != 0 && here < begin.sequence()) {
                problems.add("it is at commit " + here + ", before the snapshot's, " + begin.sequence());
            }
            if (here >= begin.sequence()) {
                requireSame(
                        "as of the snapshot",
                        primary.store(BackupLoad.RECORDS).asOf(begin),
                        replica.keep().store(BackupLoad.RECORDS).asOf(begin));
            }
            replica.keep().log().verify().problem().ifPresent(problem -> problems.add("verify says: " + problem));
        }
    }

    private void goOn(RowKeep primary) throws IOException {
        try (Replica replica =
                Replica.open(ReplicaLoad.replica(engine, directory), BootstrapLoad.snapshot(directory))) {
            ReplicaLoad.take(primary, replica);
            requireSame(
                    "at the end",
                    primary.store(BackupLoad.RECORDS),
                    replica.keep().store(BackupLoad.RECORDS));
            replica.keep()
                    .log()
                    .verify(primary.log().anchor())
                    .problem()
                    .ifPresent(problem -> problems.add("verify says at the end: " + problem));
        }
    }

    private void requireSame(String when, RecordReader<String, Row> ours, RecordReader<String, Row> copied) {
        if (!rows(ours).equals(rows(copied))) {
            problems.add("the records are others " + when);
        }
    }

    private static Map<String, String> rows(RecordReader<String, Row> reader) {
        Map<String, String> rows = new TreeMap<>();
        reader.query().list().forEach(record -> rows.put(record.key(), record.version() + " " + record.value()));
        return rows;
    }
}
