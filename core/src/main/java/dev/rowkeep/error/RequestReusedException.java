package dev.rowkeep.error;

import java.time.Instant;

/**
 * A write under a request id that was used before for another request: by another writer, on another record, or with other content.
 * Nothing was written.
 */
public final class RequestReusedException extends RowKeepException {
    private static final long serialVersionUID = 1L;
    private final String requestId;
    private final Instant firstTime;

    /** Creates the failure of a write as {@code requestId}, which was first used at {@code firstTime}. */
    public RequestReusedException(String requestId, Instant firstTime) {
        super("Cannot write as request " + requestId + ": the id was used at " + firstTime
                + " for another request. Nothing was written. Give each request an id of its own, and send it again"
                + " unchanged and by the same author.");
        this.requestId = requestId;
        this.firstTime = firstTime;
    }

    /** The request id. */
    public String requestId() {
        return requestId;
    }

    /** When the id was used first. */
    public Instant firstTime() {
        return firstTime;
    }
}
