package dev.rowkeep.evidence.history;

import java.util.ArrayList;
import java.util.List;

/**
 * What one call did.
 *
 * @param name the kind of call, for messages
 * @param invoked when the call began, by {@link System#nanoTime}
 * @param responded when it returned; {@link #NEVER} if nobody knows whether it took effect
 * @param reads what it saw or stood on
 * @param writes what it made
 * @param queries what it saw by conditions
 * @param asOf the commit after which it says that it took place, which tells absences apart; {@link Access#UNTOLD} if it does not say
 */
record Operation(
        String name,
        long invoked,
        long responded,
        List<Access> reads,
        List<Access> writes,
        List<GroupQuery> queries,
        long asOf) {
    static final long NEVER = Long.MAX_VALUE;

    /** A call that asked no queries by conditions. */
    Operation(String name, long invoked, long responded, List<Access> reads, List<Access> writes) {
        this(name, invoked, responded, reads, writes, List.of(), Access.UNTOLD);
    }

    /** All that it saw of records that were there, and of records that it looked for. */
    List<Access> seen() {
        List<Access> seen = new ArrayList<>(reads);
        queries.forEach(query -> seen.addAll(query.found()));
        return seen;
    }

    /** The same, of a process that was dead at {@code moment}: what had not taken effect by then never will. */
    Operation settledBy(long moment) {
        return new Operation(name, invoked, Math.min(responded, moment), reads, writes, queries, asOf);
    }
}
