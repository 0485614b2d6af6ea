package dev.rowkeep.examples.audit;

import dev.rowkeep.edit.CellConflict;
import dev.rowkeep.edit.CommitResult;
import dev.rowkeep.edit.Conflict;
import dev.rowkeep.edit.WriteResult;

/** What another has changed in the same cell since is in the way: a conflict, which is data, and nothing is written. */
final class UndoInTheWay implements Step {
    @Override
    public String title() {
        return "Ana undoes the edit before; Ben has changed the same cell since";
    }

    @Override
    public void show(Walk walk) {
        walk.clock().at("10:10");
        CommitResult result = walk.person("ana").undo();
        if (result instanceof CommitResult.Refused refused) {
            refused.problems().forEach(problem -> show(walk, problem));
        }
        walk.say(
                "%s stays at Ben's %d minutes",
                walk.film(Walk.SPIDER_MAN).title(), walk.film(Walk.SPIDER_MAN).minutes());
    }

    private static void show(Walk walk, WriteResult<?, ?> problem) {
        if (problem instanceof WriteResult.Conflicted<?, ?> conflicted) {
            Conflict<?, ?> conflict = conflicted.conflict();
            walk.say(
                    "%-10s %-18s %-18s %s",
                    "",
                    "what Ana left",
                    "what undo brings",
                    "what is there, by " + conflict.author().orElseThrow());
            for (CellConflict cell : conflict.cells()) {
                walk.say("%-10s %-18s %-18s %s", cell.column(), cell.base(), cell.mine(), cell.theirs());
            }
        }
    }
}
