package dev.rowkeep.evidence.history;

import java.util.List;
import java.util.Map;

/**
 * What callers saw, and what the store says of it afterwards.
 *
 * @param operations all calls that took effect or may have
 * @param versions every version of every record, in order, as the log has them
 */
record History(List<Operation> operations, Map<String, List<Access>> versions) {}
