package dev.rowkeep.evidence.history;

import java.util.List;
import java.util.Map;

/**
 * What callers saw, and what the store says of it afterwards.
 *
 * @param operations all calls that took effect or may have
 * @param versions every version of every record, in order, as the log has them
 * @param sequences the commits that made them; empty where no operation says as of which commit it read
 */
record History(List<Operation> operations, Map<String, List<Access>> versions, Map<String, List<Long>> sequences) {
    /** One in which no operation says as of which commit it read. */
    History(List<Operation> operations, Map<String, List<Access>> versions) {
        this(operations, versions, Map.of());
    }
}
