package dev.rowkeep.examples.audit;

import dev.rowkeep.edit.Edit;
import dev.rowkeep.examples.Film;
import dev.rowkeep.record.RecordDiff;
import dev.rowkeep.snapshot.Snapshot;
import java.util.List;

/** A name for a place in the log, with everything that was there, and what has changed since. */
final class ClosedDay implements Step {
    @Override
    public String title() {
        return "The day is closed under a name, and Ben goes on";
    }

    @Override
    public void show(Walk walk) {
        Snapshot closed =
                walk.person("ana").because("end of the day").snapshots().create("friday");
        walk.say("snapshot %s: %,d films, by %s", closed.name(), closed.records(), closed.author());
        walk.clock().at("18:00");
        walk.films()
                .as(walk.person("ben"))
                .apply(Edit.update(Film.SCHEMA, Walk.TITANIC)
                        .set(Film.MINUTES, 195L)
                        .expecting(4))
                .orThrow();
        List<RecordDiff<String>> since =
                walk.films().diff(closed.position(), walk.keep().log().head());
        for (RecordDiff<String> diff : since) {
            walk.say("since then: %s  %s", walk.film(diff.key()).title(), Walk.told(diff.cells()));
        }
        walk.say(
                "then: %d minutes",
                walk.films()
                        .asOf(closed.position())
                        .get(Walk.TITANIC)
                        .orElseThrow()
                        .value()
                        .minutes());
    }
}
