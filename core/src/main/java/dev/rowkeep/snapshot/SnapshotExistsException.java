package dev.rowkeep.snapshot;

import dev.rowkeep.error.RowKeepException;

/** A snapshot that was to be made under a name that another one has; nothing was made. */
public final class SnapshotExistsException extends RowKeepException {
    private static final long serialVersionUID = 1L;
    private final transient Snapshot existing;

    /** Creates the failure of who wanted the name of {@code existing}. */
    public SnapshotExistsException(Snapshot existing) {
        super("Cannot make snapshot " + existing.name() + ": there is one of that name, made at " + existing.time()
                + " by "
                + existing.author().name() + " of commit " + existing.position().sequence()
                + ". Nothing was made. Give another name, or drop that one first.");
        this.existing = existing;
    }

    /** The one that has the name. */
    public Snapshot existing() {
        return existing;
    }
}
