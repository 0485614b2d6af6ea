package dev.rowkeep.edit;

import dev.rowkeep.error.RowKeepException;

/** A write that its guard put off because a user has just touched the record; nothing was written. */
public final class DeferredException extends RowKeepException {
    private static final long serialVersionUID = 1L;
    private final transient Deferral deferral;

    /** Creates the exception for {@code deferral}. */
    public DeferredException(Deferral deferral) {
        super(deferral.message());
        this.deferral = deferral;
    }

    /** On which record, by whom, when, and until when. */
    public Deferral deferral() {
        return deferral;
    }
}
