package dev.rowkeep.examples.audit;

import dev.rowkeep.commit.Commit;
import dev.rowkeep.commit.Origin;
import dev.rowkeep.examples.Film;
import dev.rowkeep.log.LogFilter;
import dev.rowkeep.log.LogPage;
import java.util.List;

/** The log asked by who, when and which column; a page that does not reach the end says where to go on. */
final class WhoChangedWhat implements Step {
    private static final int MOST = 10;

    @Override
    public String title() {
        return "Who changed what, when";
    }

    @Override
    public void show(Walk walk) {
        LogFilter everything = LogFilter.of(Film.SCHEMA);
        tell(walk, "by ana", everything.author("ana"));
        tell(
                walk,
                "from 09:30 until 10:00",
                everything.from(OfficeClock.moment("09:30")).until(OfficeClock.moment("10:00")));
        tell(walk, "shelves, by people", everything.columns(Film.GENRE).origin(Origin.USER));
        tell(walk, "shelves, by jobs since", everything.columns(Film.GENRE).origin(Origin.JOB));
    }

    private static void tell(Walk walk, String question, LogFilter filter) {
        LogPage page = walk.keep().log().read(walk.imported(), filter, MOST);
        List<String> commits = page.commits().stream().map(WhoChangedWhat::told).toList();
        walk.say("%-23s %s", question, String.join(", ", commits));
    }

    private static String told(Commit commit) {
        return OfficeClock.time(commit.header().time()) + " " + commit.header().author() + " "
                + (commit.changes().size() == 1
                        ? commit.changes().get(0).key()
                        : commit.changes().size() + " films");
    }
}
