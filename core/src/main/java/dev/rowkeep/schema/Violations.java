package dev.rowkeep.schema;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The violations found so far in one record; costs nothing while there are none. Owned by the judge of that record. */
final class Violations {
    private @Nullable List<CellVerdict> found;

    void add(CellVerdict.Rejected violation) {
        if (found == null) {
            found = new ArrayList<>();
        }
        found.add(violation);
    }

    boolean isEmpty() {
        return found == null;
    }

    List<CellVerdict> list() {
        return found == null ? List.of() : found;
    }

    RecordVerdict verdict() {
        return found == null ? RecordVerdict.ACCEPTED : new RecordVerdict(found);
    }
}
