package dev.rowkeep.commit;

import java.util.HexFormat;

/**
 * The hash of the log up to and including one commit: SHA-256 over the previous hash and the commit.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record ChainHash(String hex) {
    /**
     * Checks the digits.
     *
     * @throws IllegalArgumentException if they are not 64 lower-case hexadecimal digits
     */
    public ChainHash {
        if (!hex.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException(
                    "A chain hash is 64 lower-case hexadecimal digits, got " + hex.length() + " characters");
        }
    }

    /** The hash held in {@code bytes}, of which there are 32. */
    public static ChainHash of(byte[] bytes) {
        return new ChainHash(HexFormat.of().formatHex(bytes));
    }

    @Override
    public String toString() {
        return hex;
    }
}
