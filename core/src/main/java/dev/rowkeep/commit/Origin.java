package dev.rowkeep.commit;

/** What kind of writer made a change; jobs can be told to stay clear of what a user touched. */
public enum Origin {
    /** A person, through some front end. */
    USER,
    /** A batch job, an import, a synchronisation. */
    JOB,
    /** The application itself: migrations, defaults, housekeeping. */
    SYSTEM
}
