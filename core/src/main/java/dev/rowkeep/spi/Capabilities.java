package dev.rowkeep.spi;

/**
 * What a storage can do; the conformance kit shows what is left out as skipped.
 *
 * @param name the storage's name, for messages
 * @param durability whether an acknowledged commit survives the process
 * @param maxKeysPerRead the most keys that one read may ask for
 * @param sharing who may change the content while it is open
 */
public record Capabilities(String name, Durability durability, int maxKeysPerRead, Sharing sharing) {
    /** Who may change a storage's content while a handle has it open. */
    public enum Sharing {
        /** That handle alone. */
        ALONE,
        /** Other processes too: their commits show in {@link Storage#head()} and in {@link Storage#stamps}. */
        SEVERAL_PROCESSES
    }

    /** What a commit survives. */
    public enum Durability {
        /** Process crash and power loss. */
        DURABLE,
        /** Nothing: the content goes with the process. */
        VOLATILE
    }
}
