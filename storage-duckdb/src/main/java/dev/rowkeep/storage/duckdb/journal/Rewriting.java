package dev.rowkeep.storage.duckdb.journal;

import java.io.IOException;

/** What becomes of the payloads when a journal is written anew. */
@FunctionalInterface
public interface Rewriting {
    /** What the record is to say: its own payload, the same array, if that stays. Asked of each record once, in order. */
    byte[] payload(JournalRecord record) throws IOException;
}
