package dev.rowkeep.examples.audit;

import dev.rowkeep.edit.Edit;
import dev.rowkeep.examples.Film;
import dev.rowkeep.log.LogFilter;
import dev.rowkeep.record.VersionedRecord;
import dev.rowkeep.schema.Column;
import dev.rowkeep.store.Session;

/** Two people edit the same two films: of one of them the same cell, of the other different ones. */
final class TwoEditors implements Step {
    @Override
    public String title() {
        return "Two people edit two films";
    }

    @Override
    public void show(Walk walk) {
        Session ana = walk.person("ana");
        Session ben = walk.person("ben");
        walk.clock().at("09:10");
        set(walk, ana.because("director's cut"), Walk.SPIDER_MAN, Film.MINUTES, 129L);
        walk.clock().at("09:20");
        set(walk, ana.because("on the wrong shelf"), Walk.TITANIC, Film.GENRE, "Drama");
        walk.clock().at("09:30");
        set(walk, ben.because("as released abroad"), Walk.TITANIC, Film.DISTRIBUTOR, "Fox");
        walk.clock().at("09:40");
        set(walk, ben.because("as shown on television"), Walk.SPIDER_MAN, Film.MINUTES, 117L);
        walk.keep()
                .log()
                .read(walk.imported(), LogFilter.everything(), 10)
                .commits()
                .forEach(commit -> commit.changes()
                        .forEach(change -> walk.say(
                                "%s  %-3s  %s v%d  %s",
                                OfficeClock.time(commit.header().time()),
                                commit.header().author(),
                                change.key(),
                                change.version(),
                                Walk.told(change.cells()))));
    }

    /** Everybody stands on what is there: nobody edits blindly. */
    private static <C> void set(Walk walk, Session session, String id, Column<C> column, C value) {
        VersionedRecord<String, Film> read = walk.films().get(id).orElseThrow();
        Edit<String, Film> edit =
                Edit.update(Film.SCHEMA, id).set(column, value).basedOn(read);
        walk.films().as(session).apply(edit).orThrow();
    }
}
