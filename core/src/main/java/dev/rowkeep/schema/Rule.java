package dev.rowkeep.schema;

import java.util.function.Predicate;

/**
 * One rule on a column's values.
 *
 * @param name the rule's name in verdicts
 * @param test true where the value, in the application's form, is right
 * @param message what is wrong where it is not
 * @param fix what to do then
 * @param cost whether the engine may run it in the commit itself
 */
record Rule<T>(String name, Predicate<? super T> test, String message, String fix, Cost cost) {
    /** Who may run a rule. */
    enum Cost {
        /** Bounded and ours: may run while other writers wait. */
        BOUNDED,
        /** An application's code or a pattern: only on the writing caller's thread. */
        CALLER_ONLY
    }
}
