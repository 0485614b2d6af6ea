package dev.rowkeep.edit;

import dev.rowkeep.error.RowKeepException;

/** An edit that could not land because of what another writer did; nothing was written. */
public final class VersionConflictException extends RowKeepException {
    private static final long serialVersionUID = 1L;
    private final transient Conflict<?, ?> conflict;

    /** Creates the exception for {@code conflict}. */
    public VersionConflictException(Conflict<?, ?> conflict) {
        super(conflict.message());
        this.conflict = conflict;
    }

    /** The conflict with base, mine and theirs. */
    public Conflict<?, ?> conflict() {
        return conflict;
    }

    /** The version that the edit stands on. */
    public long expectedVersion() {
        return conflict.expectedVersion();
    }

    /** The version that is there. */
    public long actualVersion() {
        return conflict.actualVersion();
    }
}
