package dev.rowkeep.evidence.fuzz;

/** What a refusal has to look like. */
final class Refusal {
    private static final int LEAST_MESSAGE = 12;
    static final int MOST_MESSAGE = 2_000;

    private Refusal() {}

    /**
     * Checks that {@code refusal} is one of the library's, with a message for people: short whatever the input was, and in one line.
     *
     * @throws AssertionError if it is not
     */
    static void check(RuntimeException refusal) {
        boolean isOurs = refusal.getClass().getName().startsWith("dev.rowkeep.");
        if (!isOurs && refusal.getClass() != IllegalArgumentException.class) {
            throw new AssertionError("Refused with what is not the library's: " + refusal, refusal);
        }
        checkText(String.valueOf(refusal.getMessage()), refusal);
    }

    static void checkText(String message, Object refusal) {
        if (message.length() < LEAST_MESSAGE || message.length() > MOST_MESSAGE) {
            throw new AssertionError("A message of " + message.length() + " characters: " + refusal);
        }
        if (message.codePoints().anyMatch(c -> c < ' ' || c == 0x7F || Character.getType(c) == Character.SURROGATE)) {
            throw new AssertionError("A message with control characters or half characters: " + refusal);
        }
    }
}
