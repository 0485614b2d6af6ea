package dev.rowkeep.examples.audit;

import dev.rowkeep.store.RecordVersion;
import java.util.List;
import java.util.Map;

/** Blame: for each cell of a record the version that set it, with who and why. */
final class WhoSetIt implements Step {
    @Override
    public String title() {
        return "Who set the cells of Titanic";
    }

    @Override
    public void show(Walk walk) {
        Map<String, RecordVersion> blame = walk.films().blame(Walk.TITANIC);
        for (String column : List.of("title", "genre", "distributor")) {
            RecordVersion version = blame.get(column);
            if (version != null) {
                walk.say(
                        "%-12s v%d by %s at %s: %s",
                        column,
                        version.version(),
                        version.commit().author(),
                        OfficeClock.time(version.commit().time()),
                        version.commit().reason().orElse("no reason given"));
            }
        }
    }
}
