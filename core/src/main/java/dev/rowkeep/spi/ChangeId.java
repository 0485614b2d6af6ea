package dev.rowkeep.spi;

/**
 * The identity of one change in the log: the commit's sequence in the upper bits and the change's place within the commit in the
 * lower {@value #ORDINAL_BITS}. Ids grow with the log; 0 is no change.
 */
public final class ChangeId {
    /** How many bits hold a change's place within its commit. */
    public static final int ORDINAL_BITS = 20;

    /** The most changes that one commit can hold. */
    public static final int MAX_CHANGES = 1 << ORDINAL_BITS;

    private ChangeId() {}

    /** The id of the change at {@code ordinal}, from 0, in the commit {@code sequence}. */
    public static long of(long sequence, int ordinal) {
        return sequence << ORDINAL_BITS | ordinal;
    }

    /** The place of the change {@code id} within its commit, from 0. */
    public static int ordinal(long id) {
        return (int) (id & MAX_CHANGES - 1);
    }

    /** The sequence of the commit that holds the change {@code id}. */
    public static long sequence(long id) {
        return id >> ORDINAL_BITS;
    }
}
