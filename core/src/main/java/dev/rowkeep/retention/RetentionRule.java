package dev.rowkeep.retention;

import java.time.Duration;

/** What is kept of one store's history. Immutable. */
public sealed interface RetentionRule {
    /** Everything, for ever. */
    record Everything() implements RetentionRule {}

    /**
     * What was within the last while, and what was there when that began.
     *
     * @param time for how long
     */
    record Within(Duration time) implements RetentionRule {
        private static final Duration SHORTEST = Duration.ofMillis(1);
        private static final Duration LONGEST = Duration.ofDays(36_500);

        /**
         * Checks the time.
         *
         * @throws IllegalArgumentException if it is not one millisecond to 36,500 days
         */
        public Within {
            if (time.compareTo(SHORTEST) < 0 || time.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException(
                        "History is kept for a millisecond to 36,500 days, or for ever, got " + time + ".");
            }
        }
    }

    /**
     * The newest changes of each record, a delete among them, however old they are, and what the oldest of these found.
     *
     * @param versions how many
     */
    record Newest(int versions) implements RetentionRule {
        /**
         * Checks the number.
         *
         * @throws IllegalArgumentException if it is less than 1
         */
        public Newest {
            if (versions < 1) {
                throw new IllegalArgumentException(
                        "At least one version of each record is kept, got " + versions + ".");
            }
        }
    }
}
