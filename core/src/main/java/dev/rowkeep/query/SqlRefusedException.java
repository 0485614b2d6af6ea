package dev.rowkeep.query;

import dev.rowkeep.error.RowKeepException;
import org.jspecify.annotations.Nullable;

/** SQL that is not taken, or that the database cannot run. Nothing was changed. */
public final class SqlRefusedException extends RowKeepException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the failure.
     *
     * @param why what is wrong and what to do
     */
    public SqlRefusedException(String why, @Nullable Throwable cause) {
        super("Cannot read with this SQL: " + why, cause);
    }
}
