package dev.rowkeep.examples.audit;

import dev.rowkeep.examples.Film;
import dev.rowkeep.query.Aggregate;
import dev.rowkeep.query.Grouping;
import dev.rowkeep.store.RecordReader;
import java.util.Map;
import java.util.TreeMap;

/** A question to the present is a question to the past: the same query on the store as it was. */
final class ThenAndNow implements Step {
    private static final Grouping<String> SHELF = Grouping.by(Film.GENRE);
    private static final Aggregate<Long> FILMS = Aggregate.count();

    @Override
    public String title() {
        return "Films by shelf, as of the import and now";
    }

    @Override
    public void show(Walk walk) {
        Map<String, Long> then = shelves(walk.films().asOf(walk.imported()));
        Map<String, Long> now = shelves(walk.films());
        then.forEach((shelf, films) -> {
            long left = now.getOrDefault(shelf, 0L);
            if (left != films) {
                walk.say("%-20s %3d → %3d", shelf, films, left);
            }
        });
        walk.say(
                "the other %d shelves are as they were",
                then.entrySet().stream()
                        .filter(shelf -> shelf.getValue().equals(now.get(shelf.getKey())))
                        .count());
    }

    private static Map<String, Long> shelves(RecordReader<String, Film> films) {
        Map<String, Long> shelves = new TreeMap<>();
        films.query().groupBy(SHELF).select(FILMS).forEach(group -> {
            String shelf = group.get(SHELF);
            shelves.put(shelf == null ? "on no shelf" : shelf, group.require(FILMS));
        });
        return shelves;
    }
}
