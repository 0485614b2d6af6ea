package dev.rowkeep.evidence.damage;

/** What became of one damage. */
enum Finding {
    /** The library would not open it, and said so by an exception of its own. */
    OPEN_REFUSED,
    /** Verifying without an anchor named it. */
    VERIFY_FOUND,
    /** Verifying was content, but reading failed by an exception of the library's own. */
    READ_FAILED,
    /** Everything reads as it should. */
    HARMLESS,
    /** The database was set aside and made anew of its journal, and everything reads as it should. */
    REBUILT,
    /** Only verifying against an anchor from before named it. */
    ANCHOR_FOUND,
    /** Wrong answers that nothing names, any other exception, a hang, a dead process. */
    BAD
}
