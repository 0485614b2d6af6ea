package dev.rowkeep.merge;

/** What becomes of a cell that two writers changed from one common version. */
public enum MergeRule {
    /** Neither wins: the edit is handed back as a conflict. The default. */
    REJECT,
    /** The edit that comes to the commit last overwrites. */
    LAST_WRITER_WINS,
    /** The edit that came first stays. */
    KEEP_FIRST,
    /** Both differences from the base are added; even two equal new values count twice. For numbers. */
    SUM,
    /** The larger value stays. */
    MAX,
    /** The smaller value stays. */
    MIN,
    /** Elements that either side added are in, elements that either side removed are out. For sets of text. */
    UNION,
    /** Both sides' edits are kept by a line-wise three-way merge; edits of the same place are a conflict. For text. */
    TEXT,
    /** A {@link CellMerge} of the application decides. */
    CUSTOM
}
