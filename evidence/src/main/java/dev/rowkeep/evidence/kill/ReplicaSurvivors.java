package dev.rowkeep.evidence.kill;

import dev.rowkeep.Replica;
import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.Commit;
import dev.rowkeep.commit.Position;
import dev.rowkeep.evidence.Engine;
import dev.rowkeep.store.KeepOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Looks at what a killed process left of a replica: whole commits of its primary, all that were taken, and a promotion or none. */
final class ReplicaSurvivors {
    private final Engine engine;
    private final Path directory;
    private final List<String> problems = new ArrayList<>();

    ReplicaSurvivors(Engine engine, Path directory) {
        this.engine = engine;
        this.directory = directory;
    }

    /** What is wrong, given what the process said. */
    List<String> check(List<String> said) throws IOException {
        try (RowKeep primary = RowKeep.openReadOnly(ReplicaLoad.primary(directory), KeepOptions.defaults());
                Replica replica = Replica.open(
                        ReplicaLoad.replica(engine, directory), primary.log().start())) {
            Position here = replica.position();
            long all = primary.log().head().sequence();
            long taken = said.stream()
                    .filter(line -> line.startsWith(ReplicaLoad.TAKEN))
                    .mapToLong(line -> Long.parseLong(line.substring(ReplicaLoad.TAKEN.length())))
                    .max()
                    .orElse(0);
            if (here.sequence() < taken) {
                problems.add("commit " + taken + " was taken, and the replica ends with " + here.sequence());
            }
            boolean isPromoted = here.epoch() == 2 && here.sequence() == all + 1;
            if (!isPromoted && (here.epoch() != 1 || here.sequence() > all)) {
                problems.add("the replica is at " + here + ", its primary at " + all);
            }
            if (!isPromoted && said.contains(ReplicaLoad.PROMOTED)) {
                problems.add("it was promoted, and is not");
            }
            replica.keep().log().verify().problem().ifPresent(problem -> problems.add("verify says: " + problem));
            if (!isPromoted) {
                ReplicaLoad.take(primary, replica);
            }
            if (!commits(replica.keep(), (int) all).equals(commits(primary, (int) all))) {
                problems.add("the two logs differ");
            }
        }
        return problems;
    }

    private static List<Commit> commits(RowKeep keep, int most) {
        return keep.log().read(keep.log().start(), most);
    }
}
