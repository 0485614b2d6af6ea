package dev.rowkeep.query;

import dev.rowkeep.error.RowKeepException;
import org.jspecify.annotations.Nullable;

/** A file that could not be written, or not made durable. Its name has what had it before, or the new file whole. */
public final class ExportException extends RowKeepException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the failure.
     *
     * @param file the file that was asked for
     * @param why what is wrong and what to do
     */
    public ExportException(String file, String why, @Nullable Throwable cause) {
        super("Cannot export to " + file + ": " + why, cause);
    }
}
