package dev.rowkeep.schema;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression whose matching ends in bounded time, whatever text it is given.
 *
 * <p>{@link java.util.regex} backtracks, and some expressions look at a text of 40 characters 2^40 times. It reads the text one
 * {@link CharSequence#charAt} at a time, though, so a text that counts them can put an end to it.
 */
final class BoundedPattern {
    /** Steps for any text, and for each of its characters; an expression without nested repetition needs a few of the latter. */
    private static final int STEPS = 200_000;

    private static final int STEPS_A_CHARACTER = 50;

    private final Pattern pattern;

    private BoundedPattern(Pattern pattern) {
        this.pattern = pattern;
    }

    /**
     * The expression {@code regex} of the column called {@code columnName}.
     *
     * @throws IllegalArgumentException if it is none
     */
    static BoundedPattern compile(String columnName, String regex) {
        try {
            return new BoundedPattern(Pattern.compile(regex));
        } catch (PatternSyntaxException | StackOverflowError e) {
            String where = e instanceof PatternSyntaxException syntax
                    ? syntax.getDescription() + " at index " + syntax.getIndex()
                    : "it is nested too deeply";
            throw new IllegalArgumentException(
                    "pattern on column " + columnName + " is not possible: " + where
                            + ". Give a regular expression as java.util.regex.Pattern reads it.",
                    e);
        }
    }

    /** Whether all of {@code text} matches; false too if that could not be found out within the bounds. */
    boolean matches(String text) {
        return matches(new CountedText(text));
    }

    boolean matches(CountedText text) {
        try {
            return pattern.matcher(text).matches();
        } catch (OutOfSteps | StackOverflowError e) {
            return false;
        }
    }

    /** A text that gives out its characters only so many times. Used by one match in one thread. */
    static final class CountedText implements CharSequence {
        private final String text;
        private final long allowed;
        private long used;

        CountedText(String text) {
            this.text = text;
            this.allowed = STEPS + (long) STEPS_A_CHARACTER * text.length();
        }

        /** How many characters were read. */
        long used() {
            return used;
        }

        /** How many characters may be read. */
        long allowed() {
            return allowed;
        }

        @Override
        public char charAt(int index) {
            if (used == allowed) {
                throw new OutOfSteps();
            }
            used++;
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** Ends a match; never leaves this class, so it needs no stack trace. */
    private static final class OutOfSteps extends RuntimeException {
        private static final long serialVersionUID = 1L;

        OutOfSteps() {
            super("out of steps", null, false, false);
        }
    }
}
