package dev.rowkeep.examples.audit;

import dev.rowkeep.examples.Film;

/** What one has done is taken back; what another has done to the same record since stays. */
final class UndoBesideOthers implements Step {
    @Override
    public String title() {
        return "Ana undoes her last edit; Ben has edited the film since";
    }

    @Override
    public void show(Walk walk) {
        walk.clock().at("10:00");
        walk.person("ana").undo().orThrow();
        Film film = walk.film(Walk.TITANIC);
        walk.say(
                "%s is on the shelf %s again, and still Ben's: distributor %s",
                film.title(), film.genre(), film.distributor());
    }
}
