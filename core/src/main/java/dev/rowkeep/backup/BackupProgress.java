package dev.rowkeep.backup;

/**
 * How far the making of a backup is.
 *
 * @param stage what is done now
 * @param bytes how much of that is done; 0 in stages that do not count
 * @param allBytes how much there is to do; 0 in stages that do not count
 */
public record BackupProgress(Stage stage, long bytes, long allBytes) {
    /** What is done, in this order. */
    public enum Stage {
        /** The storage writes its copy. */
        COPYING,
        /** The copy is opened as a store of its own, and its chain and records are checked. */
        VERIFYING,
        /** Sums of its files are taken, in bytes, and all is made durable. */
        SEALING
    }
}
