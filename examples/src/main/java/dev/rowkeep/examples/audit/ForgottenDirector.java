package dev.rowkeep.examples.audit;

import dev.rowkeep.commit.CellChange;
import dev.rowkeep.edit.CommitResult;
import dev.rowkeep.erasure.ErasureResult;
import dev.rowkeep.erasure.Subject;
import dev.rowkeep.examples.Film;
import dev.rowkeep.query.Condition;
import dev.rowkeep.store.Session;
import java.util.List;
import java.util.stream.Collectors;

/** A director wants his name to be gone: from his films, from all that the log tells of them, and from the snapshot of the closed day. */
final class ForgottenDirector implements Step {
    private static final String NAME = "James Cameron";

    @Override
    public String title() {
        return "A director's name is erased, and the log still verifies";
    }

    @Override
    public void show(Walk walk) {
        Condition his = Condition.eq(Film.DIRECTOR, NAME);
        walk.films().as(walk.person("ana")).update(Walk.TITANIC, film -> film.directedBy("J. Cameron"));
        walk.films().as(walk.person("ana")).update(Walk.TITANIC, film -> film.directedBy(NAME));
        walk.say("films by %s: %d", NAME, walk.films().query().where(his).count());

        Session officer = walk.person("officer").because("asked for by letter");
        ErasureResult result = officer.erase(Subject.where(Film.SCHEMA, his));

        walk.say(
                "commit %d says that officer erased it from %d records; films by %s: %d",
                result.position().sequence(),
                result.records(),
                NAME,
                walk.films().query().where(his).count());
        List<CellChange> directors = walk.films().history(Walk.TITANIC, 2).stream()
                .flatMap(version -> version.change().cells().stream())
                .filter(cell -> cell.column().equals("director"))
                .toList();
        walk.say("what the history of Titanic has left of it: %s", Walk.told(directors));
        CommitResult undone = walk.person("ana").undo();
        walk.say(
                "Ana's undo brings back nothing of it: %s",
                ((CommitResult.Committed) undone)
                        .erased().stream()
                                .map(cell -> cell.key() + " " + cell.column())
                                .collect(Collectors.joining(", ")));
        walk.say(
                "the closed day's snapshot: %s; the chain: %s",
                walk.keep().snapshots().verify("friday").orElse("verifies"),
                walk.keep().log().verify().problem().orElse("verifies"));
    }
}
