package dev.rowkeep.evidence.kill;

import java.util.Locale;
import java.util.Random;

/**
 * When a process is killed.
 *
 * @param <P> what it may be doing
 * @param phase at which files
 * @param number at which call that changes them, from 1
 * @param moment before, in the middle of, or after that call
 */
record Kill<P extends Target>(P phase, int number, Moment moment) {
    /** Of the call. */
    enum Moment {
        BEFORE,
        AMID,
        AFTER;

        /** As {@code killer.c} calls it. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static <P extends Target> Kill<P> random(P phase, Random random) {
        Moment[] moments = Moment.values();
        return new Kill<>(phase, 1 + random.nextInt(phase.most()), moments[random.nextInt(moments.length)]);
    }

    /** An earlier call, of a process in which there were not so many. */
    Kill<P> earlier(Random random) {
        return new Kill<>(phase, 1 + random.nextInt(Math.max(1, number - 1)), moment);
    }
}
