package dev.rowkeep.evidence.history;

import java.util.List;
import java.util.Set;

/**
 * A query for all records of a store whose value is in a group: those that leave the same remainder.
 *
 * @param store the store's name
 * @param group the remainder
 * @param found all results, without those that the asker had written itself
 * @param own the records that the asker had written itself
 */
record GroupQuery(String store, long group, List<Access> found, Set<String> own) {
    static final long GROUPS = 4;

    /** The group of a value that is there. */
    static long group(long value) {
        return value % GROUPS;
    }

    /** Whether a record of the store with this value is a result. */
    boolean holdsFor(long value) {
        return value != Access.ABSENT && group(value) == group;
    }
}
