package dev.rowkeep.examples;

import dev.rowkeep.commit.Author;
import dev.rowkeep.edit.CellConflict;
import dev.rowkeep.edit.Conflict;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.edit.Resolution;
import dev.rowkeep.edit.WriteResult;
import dev.rowkeep.error.RetriesExhaustedException;
import dev.rowkeep.record.VersionedRecord;
import dev.rowkeep.schema.Column;
import dev.rowkeep.store.RecordStore;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;

/**
 * One of the crowd: looks at films and votes, mostly by a declared operation and now and then by a closure, and keeps a form open
 * on a film, saved some votes after it was read. Used by one thread.
 */
final class Editor {
    private static final int VOTES_PER_FORM = 20;
    private static final int VOTES_PER_CLOSURE = 4;
    private static final List<String> GENRES = List.of("Action", "Adventure", "Comedy", "Drama", "Horror", "Western");
    private static final List<String> DISTRIBUTORS = List.of("Lionsgate", "MGM", "Miramax", "New Line", "Universal");

    private final RecordStore<String, Film> films;
    private final List<String> ids;
    private final Random random;
    private long added;
    private long computed;
    private long forms;
    private long abandoned;

    /**
     * What an editor got done.
     *
     * @param added votes by a declared operation
     * @param computed votes by a closure
     * @param forms forms saved, conflicts answered included
     * @param abandoned closures that lost the race on every attempt
     */
    record Work(long added, long computed, long forms, long abandoned) {
        Work plus(Work other) {
            return new Work(
                    added + other.added, computed + other.computed, forms + other.forms, abandoned + other.abandoned);
        }

        long votes() {
            return added + computed;
        }
    }

    Editor(RecordStore<String, Film> films, List<String> ids, long seed) {
        this.films = films;
        this.ids = ids;
        this.random = new Random(seed);
    }

    /** Edits while {@code goOn} says so. */
    Work work(BooleanSupplier goOn) {
        while (goOn.getAsBoolean()) {
            VersionedRecord<String, Film> form = films.get(anyOf(ids)).orElseThrow();
            for (int i = 0; i < VOTES_PER_FORM && goOn.getAsBoolean(); i++) {
                vote(i);
            }
            save(form);
        }
        return new Work(added, computed, forms, abandoned);
    }

    private void vote(int turn) {
        String id = anyOf(ids);
        if (films.get(id).isEmpty()) {
            return;
        }
        if (turn % VOTES_PER_CLOSURE != 0) {
            films.apply(Edit.update(Film.SCHEMA, id).add(Film.VOTES, 1L)).orThrow();
            added++;
            return;
        }
        try {
            films.update(id, Film::votedFor);
            computed++;
        } catch (RetriesExhaustedException e) {
            abandoned++;
        }
    }

    /** Saves one changed cell of a film as it was read a while ago: others' votes merge, the same cell conflicts. */
    private void save(VersionedRecord<String, Film> form) {
        boolean genre = random.nextBoolean();
        Column<String> column = genre ? Film.GENRE : Film.DISTRIBUTOR;
        Edit<String, Film> edit = Edit.update(Film.SCHEMA, form.key())
                .set(column, anyOf(genre ? GENRES : DISTRIBUTORS))
                .basedOn(form);
        WriteResult<String, Film> result = films.apply(edit);
        while (result instanceof WriteResult.Conflicted<String, Film> conflicted) {
            result = films.apply(mine(conflicted.conflict()));
        }
        result.orThrow();
        forms++;
    }

    /** Answers every cell with mine, on top of what is there now. */
    private static Edit<String, Film> mine(Conflict<String, Film> conflict) {
        Resolution<String, Film> answer = conflict.resolve();
        for (CellConflict cell : conflict.cells()) {
            answer = answer.keepMine(Film.SCHEMA.column(cell.column()));
        }
        return answer.toEdit().basedOn(conflict.theirs().orElseThrow());
    }

    private <E> E anyOf(List<E> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** The name that an editor writes under. */
    static Author author(int number) {
        List<String> names = List.of("ana", "ben", "cleo", "dan", "eva", "finn", "gus", "hana");
        return Author.user(names.get(number % names.size()));
    }
}
