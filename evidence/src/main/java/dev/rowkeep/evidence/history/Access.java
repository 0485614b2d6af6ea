package dev.rowkeep.evidence.history;

/**
 * One version of one record, read or written.
 *
 * @param record the record, with its store
 * @param version the version; 0 before the first
 * @param value the value, unique among all writes; {@link #ABSENT} where there is no record
 */
record Access(String record, long version, long value) {
    static final long ABSENT = -1;

    /** For a version that a caller cannot know: an absent record does not tell which delete left it. */
    static final long UNTOLD = -1;
}
