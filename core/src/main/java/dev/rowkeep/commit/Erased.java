package dev.rowkeep.commit;

/** What the history has in the place of values of personal columns that were erased. */
public enum Erased {
    /** Nobody can tell any more what the value was, or whether there was one. */
    ERASED;

    @Override
    public String toString() {
        return "erased";
    }
}
