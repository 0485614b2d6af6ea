package dev.rowkeep.storage.sqlite.counters;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Runs programs in every order of their steps, with a death of each process that may die between any two steps.
 *
 * <p>A step is one access to the {@link World}. Between its steps a program only depends on what its steps gave, so it can be taken up
 * anywhere by running it anew with the results so far, which costs no threads. Two orders that lead to the same world and the same
 * results are gone on with once.
 */
final class Interleavings {
    private final List<Actor> actors;
    private final Consumer<World> atTheEnd;
    private final Set<String> seen = new HashSet<>();
    private int ends;

    /** A program of a process. */
    record Actor(int process, Mortality mortality, Program program) {}

    /** Whether a process may die. */
    enum Mortality {
        MORTAL,
        IMMORTAL
    }

    /** What an actor does; it may use nothing but its steps. */
    @FunctionalInterface
    interface Program {
        void run(Steps steps);
    }

    /** What an access to the world gives. */
    @FunctionalInterface
    interface Access {
        long apply(World world);
    }

    /** All that the future depends on, packed: there are very many states, of small numbers. */
    private static String state(World world, List<List<Long>> results, Set<Integer> dead) {
        StringBuilder state = new StringBuilder();
        world.describe(state);
        for (List<Long> each : results) {
            state.append((char) each.size());
            each.forEach(number -> state.append((char) (number & 0x7F)).append((char) (number >> 32)));
        }
        dead.stream().sorted().forEach(process -> state.append((char) process.intValue()));
        return state.toString();
    }

    /** Thrown where a program is left. */
    @SuppressWarnings("serial")
    private static final class Left extends RuntimeException {
        private static final Left HERE = new Left();

        private Left() {
            super(null, null, false, false);
        }
    }

    /** How a program gets to the world. */
    static final class Steps {
        /** What {@link #step} must not give: that the step cannot be made yet. */
        static final long BLOCKED = Long.MIN_VALUE;

        private final World world;
        private final int actor;
        private final List<Long> results;
        private int next;
        private int allowed;

        private Steps(World world, int actor, List<Long> results, int allowed) {
            this.world = world;
            this.actor = actor;
            this.results = results;
            this.allowed = allowed;
        }

        int actor() {
            return actor;
        }

        long step(Access access) {
            if (next < results.size()) {
                return results.get(next++);
            }
            if (allowed == 0) {
                throw Left.HERE;
            }
            allowed--;
            long result = access.apply(world);
            if (result == BLOCKED) {
                throw Left.HERE;
            }
            results.add(result);
            next++;
            return result;
        }
    }

    private Interleavings(List<Actor> actors, Consumer<World> atTheEnd) {
        this.actors = actors;
        this.atTheEnd = atTheEnd;
    }

    /** Runs {@code actors} in every order; the number of different states that were met. */
    static int explore(World start, Consumer<World> atTheEnd, Actor... actors) {
        Interleavings all = new Interleavings(Arrays.asList(actors), atTheEnd);
        List<List<Long>> nothing = new ArrayList<>();
        for (Actor ignored : actors) {
            nothing.add(List.of());
        }
        all.from(start, nothing, Set.of());
        if (all.ends == 0) {
            throw new AssertionError("No order came to its end");
        }
        return all.seen.size();
    }

    private void from(World world, List<List<Long>> results, Set<Integer> dead) {
        if (!seen.add(state(world, results, dead))) {
            return;
        }
        boolean isOver = true;
        for (int i = 0; i < actors.size(); i++) {
            if (dead.contains(actors.get(i).process())) {
                continue;
            }
            World after = world.copy();
            List<Long> longer = new ArrayList<>(results.get(i));
            run(i, after, longer, 1);
            if (longer.size() > results.get(i).size()) {
                isOver = false;
                List<List<Long>> changed = new ArrayList<>(results);
                changed.set(i, List.copyOf(longer));
                from(after, List.copyOf(changed), dead);
            }
        }
        for (Actor actor : actors) {
            if (actor.mortality() == Mortality.MORTAL && !dead.contains(actor.process()) && !isOver) {
                World after = world.copy();
                after.die(actor.process(), actors);
                Set<Integer> more = new HashSet<>(dead);
                more.add(actor.process());
                from(after, results, Set.copyOf(more));
            }
        }
        if (isOver) {
            ends++;
            atTheEnd.accept(world.copy());
        }
    }

    private void run(int actor, World world, List<Long> results, int allowed) {
        try {
            actors.get(actor).program().run(new Steps(world, actor, results, allowed));
        } catch (Left e) {
            // The rest is run another time.
        }
    }
}
