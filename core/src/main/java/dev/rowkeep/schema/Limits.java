package dev.rowkeep.schema;

/** How large what is read may be, so that no input takes unbounded time or memory. */
final class Limits {
    /** Characters (UTF-16 units) of a text or of JSON, bytes of a byte sequence, characters of all of a set's elements. */
    static final int CELL = 1 << 24;
    /** Elements of a set. */
    static final int ELEMENTS = 100_000;
    /** Characters of a text that is to be read as a number, a date, a moment, a UUID or a truth value. */
    static final int SCALAR_TEXT = 100;
    /** Bits of a number's digits, some 154 decimal digits. */
    static final int NUMBER_BITS = 512;
    /** Levels of JSON arrays and objects within each other. */
    static final int JSON_DEPTH = 200;
    /** Digits of a JSON number. */
    static final int JSON_NUMBER = 1_000;
    /** UTF-8 bytes of a text key. */
    static final int KEY_BYTES = 1024;
    /** Names or values that a message lists. */
    static final int LISTED = 20;

    private Limits() {}
}
