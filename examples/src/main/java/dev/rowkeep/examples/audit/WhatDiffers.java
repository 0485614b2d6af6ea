package dev.rowkeep.examples.audit;

import dev.rowkeep.examples.Film;
import dev.rowkeep.record.RecordDiff;

/** Which records differ at two places of the log, and in which cells; what was done and taken back in between is no difference. */
final class WhatDiffers implements Step {
    @Override
    public String title() {
        return "What differs from the import";
    }

    @Override
    public void show(Walk walk) {
        for (RecordDiff<String> diff :
                walk.films().diff(walk.imported(), walk.keep().log().head())) {
            Film film = walk.film(diff.key());
            walk.say(
                    "%-34.34s v%d → v%d  %s",
                    film.title(), diff.fromVersion(), diff.toVersion(), Walk.told(diff.cells()));
        }
    }
}
