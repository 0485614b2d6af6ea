package dev.rowkeep.internal.query;

/** Text that a column can hold: no half of a surrogate pair and no U+0000, which storages would not read back the same. */
final class WellFormedText {
    private WellFormedText() {}

    /**
     * Gives {@code text} back.
     *
     * @throws IllegalArgumentException if no column can hold it
     */
    static String require(String text) {
        boolean wellFormed = text.codePoints().allMatch(WellFormedText::isCharacter);
        if (!wellFormed) {
            throw new IllegalArgumentException(
                    "the text holds U+0000 or half of a surrogate pair, which no column can hold."
                            + " Cut texts between code points.");
        }
        return text;
    }

    /** Whether a code point of a Java string is a character and not half of one. */
    private static boolean isCharacter(int codePoint) {
        return codePoint != 0 && Character.getType(codePoint) != Character.SURROGATE;
    }
}
