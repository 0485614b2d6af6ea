package dev.rowkeep.edit;

import dev.rowkeep.error.RowKeepException;
import dev.rowkeep.schema.CellVerdict;
import dev.rowkeep.schema.RecordVerdict;
import java.util.stream.Collectors;

/** An edit with values that break a rule; nothing was written. */
public final class RejectedException extends RowKeepException {
    private static final long serialVersionUID = 1L;
    private final transient RecordVerdict verdict;

    /** Creates the exception for an edit of {@code store}. */
    public RejectedException(String store, RecordVerdict verdict) {
        super("Cannot write to " + store + ": "
                + verdict.violations().stream()
                        .map(CellVerdict.Rejected::toString)
                        .collect(Collectors.joining(" ")));
        this.verdict = verdict;
    }

    /** Every violation. */
    public RecordVerdict verdict() {
        return verdict;
    }
}
