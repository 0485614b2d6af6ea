package dev.rowkeep.evidence.history;

/** Where a caller writes down what it does. Belongs to the caller's thread. */
interface Notebook {
    /** A call begins that may take effect from here on; if nothing more is written, nobody knows whether it did. */
    void begin(Operation maybe);

    /** What a call did; takes the place of what began. */
    void note(Operation operation);

    /** The call that began is over; if nothing was noted of it, it had no effect. */
    void end();
}
