package dev.rowkeep.edit;

import dev.rowkeep.error.RowKeepException;

/** An update or delete of a record that is not there; nothing was written. */
public final class RecordNotFoundException extends RowKeepException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception for {@code key} in {@code store}. */
    public RecordNotFoundException(String store, Object key) {
        super("There is no record " + store + "/" + key + ". Insert it first, or check the key.");
    }
}
