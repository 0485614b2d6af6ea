package dev.rowkeep.spi;

/**
 * What a storage can do; the conformance kit shows what is left out as skipped.
 *
 * @param name the storage's name, for messages
 * @param durability whether an acknowledged commit survives the process
 * @param maxKeysPerRead the most keys that one read may ask for
 */
public record Capabilities(String name, Durability durability, int maxKeysPerRead) {
    /** What a commit survives. */
    public enum Durability {
        /** Process crash and power loss. */
        DURABLE,
        /** Nothing: the content goes with the process. */
        VOLATILE
    }
}
