package dev.rowkeep.schema;

import java.util.function.Predicate;

/**
 * A rule over several cells of one record.
 *
 * <p>The test runs on the writing caller's thread, must not call the library, and may run several times for one write.
 *
 * @param name the rule's name in verdicts
 * @param test true where the record is right
 * @param fix what to do where it is not, one sentence
 * @param <T> the record's type
 */
public record Check<T>(String name, Predicate<? super T> test, String fix) {}
