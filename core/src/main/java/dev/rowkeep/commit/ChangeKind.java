package dev.rowkeep.commit;

/** What a change did to its record. */
public enum ChangeKind {
    /** The record came into being, for the first time or again after a delete. */
    INSERT,
    /** Some of its cells changed. */
    UPDATE,
    /** It was deleted; the delete is a version of its own. */
    DELETE
}
