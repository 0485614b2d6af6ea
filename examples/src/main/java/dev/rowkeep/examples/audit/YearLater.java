package dev.rowkeep.examples.audit;

import dev.rowkeep.commit.Author;
import dev.rowkeep.commit.Position;
import dev.rowkeep.log.HistoryDroppedException;
import dev.rowkeep.retention.RetentionPolicy;
import dev.rowkeep.retention.RetentionResult;
import java.time.Duration;

/** What nobody has to keep any more goes; the closed day, which is pinned by its name, stays what it was. */
final class YearLater implements Step {
    @Override
    public String title() {
        return "A year later: history of 90 days is kept, and the closed day";
    }

    @Override
    public void show(Walk walk) {
        Position closed = walk.keep().snapshots().find("friday").orElseThrow().position();
        walk.clock().move(Duration.ofDays(365));
        RetentionResult result = walk.keep()
                .session(Author.job("nightly"))
                .because("history is kept for 90 days")
                .retention()
                .apply(RetentionPolicy.keepFor(Duration.ofDays(90)));
        walk.say(
                "%d commits are dropped; the log begins behind commit %d",
                result.dropped(), result.oldest().sequence());
        walk.say(
                "the closed day: %d minutes; today: %d minutes",
                walk.films()
                        .asOf(closed)
                        .get(Walk.TITANIC)
                        .orElseThrow()
                        .value()
                        .minutes(),
                walk.film(Walk.TITANIC).minutes());
        try {
            walk.films().asOf(walk.imported());
        } catch (HistoryDroppedException e) {
            walk.say(
                    "the import: not held any more, the oldest place is %d",
                    e.oldest().sequence());
        }
        walk.say("the chain: %s", walk.keep().log().verify().problem().orElse("verifies over the cut"));
    }
}
