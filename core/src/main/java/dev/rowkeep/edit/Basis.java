package dev.rowkeep.edit;

import dev.rowkeep.record.VersionedRecord;

/** What an edit stands on: the state that its writer saw. */
public sealed interface Basis {
    /** Nothing: for inserts and for edits that consist of declared operations only. */
    record Unstated() implements Basis {}

    /**
     * Exactly this version; any other there, and the edit fails.
     *
     * @param version the version that the writer saw
     */
    record Expecting(long version) implements Basis {}

    /**
     * This record; what others changed since is merged cell by cell.
     *
     * @param record the record as the writer read it
     */
    record On(VersionedRecord<?, ?> record) implements Basis {}
}
