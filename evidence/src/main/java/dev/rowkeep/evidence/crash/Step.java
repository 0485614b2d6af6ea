package dev.rowkeep.evidence.crash;

/** What a workload does next, most often to the record that it is at. */
enum Step {
    /** Goes to another record, in either store, that may be there or not. */
    ELSEWHERE,
    /** Inserts a record that never was, and goes to it. */
    INSERT,
    /** Changes the record, which it inserts first if it is not there, as all that follow do. */
    UPDATE,
    DELETE,
    /** Inserts a deleted record. */
    RE_INSERT,
    /** Changes or inserts the record of this key in both stores by one commit. */
    COMMIT_OF_TWO,
    /** Requests under ids of their own: one that inserts, one that is in its way, and the first once more. */
    REQUESTS,
    /** Several writes that wait for one another's sync. */
    MANY_AT_ONCE,
    LONG_TEXT,
    /** Reads both stores as a whole, for which DuckDB is brought all that it lacks. */
    QUERY,
    REOPEN,
    /** Opens with a column more in each store. */
    SCHEMA_CHANGE,
    /** Lets SQLite copy its log into the database, so that the next write starts the log again, over what was there. */
    CHECKPOINT,
    /** The same, and cuts the log. */
    CHECKPOINT_AND_CUT,
    /** Writes so much that DuckDB takes a checkpoint while it is open. */
    FILL,
    /** Marks where the images begin that are asked for. */
    MARK
}
