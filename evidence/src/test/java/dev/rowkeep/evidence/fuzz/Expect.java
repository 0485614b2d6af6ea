package dev.rowkeep.evidence.fuzz;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Assertions that cost nothing when they hold, millions of times. */
final class Expect {
    private Expect() {}

    static void that(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError("Does not hold: " + what);
        }
    }

    static void equal(@Nullable Object found, @Nullable Object expected, String what) {
        if (!Objects.equals(found, expected)) {
            throw new AssertionError(what + ": found " + found + ", expected " + expected);
        }
    }
}
