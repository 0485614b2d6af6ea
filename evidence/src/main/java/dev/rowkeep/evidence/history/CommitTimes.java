package dev.rowkeep.evidence.history;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Between which moments the commits that made versions took place, by those who had seen older ones and those who saw these. */
final class CommitTimes {
    private final Map<String, Bounds> bounds = new HashMap<>();

    /**
     * Of one record.
     *
     * @param begun by version, when the last who saw that one or an older one began
     * @param returned by version, when the first who saw that one or a newer one returned
     */
    private record Bounds(long[] begun, long[] returned) {
        static Bounds open(int versions) {
            Bounds open = new Bounds(new long[versions + 1], new long[versions + 1]);
            Arrays.fill(open.begun, Long.MIN_VALUE);
            Arrays.fill(open.returned, Long.MAX_VALUE);
            return open;
        }

        void narrow(int version, Operation by) {
            begun[version] = Math.max(begun[version], by.invoked());
            returned[version] = Math.min(returned[version], by.responded());
        }

        void spread() {
            for (int version = 1; version < begun.length; version++) {
                begun[version] = Math.max(begun[version], begun[version - 1]);
            }
            for (int version = returned.length - 2; version >= 0; version--) {
                returned[version] = Math.min(returned[version], returned[version + 1]);
            }
        }
    }

    CommitTimes(History history) {
        history.versions().forEach((record, all) -> bounds.put(record, Bounds.open(all.size())));
        for (Operation operation : history.operations()) {
            operation.seen().forEach(access -> narrow(access, operation));
            operation.writes().forEach(access -> narrow(access, operation));
        }
        bounds.values().forEach(Bounds::spread);
    }

    private void narrow(Access access, Operation by) {
        Bounds ofRecord = bounds.get(access.record());
        boolean isTold = access.version() != Access.UNTOLD;
        if (ofRecord != null && isTold && access.version() < ofRecord.begun.length) {
            ofRecord.narrow((int) access.version(), by);
        }
    }

    /** Whether {@code writer} can have made a version: it was not over when somebody still saw an older one, and had begun before it was seen. */
    boolean allow(Operation writer, String record, int version) {
        Bounds ofRecord = bounds.get(record);
        return ofRecord != null
                && writer.responded() >= ofRecord.begun[version - 1]
                && writer.invoked() <= ofRecord.returned[version];
    }
}
