package dev.rowkeep.commit;

import java.util.UUID;

/**
 * A commit's place in the log of one store file: positions of one partition are dense, so "this one is visible" means that
 * all before it are.
 *
 * @param incarnation the identity of the log, new for each storage that is created
 * @param partition the unit of ordering and atomic commit; 0 in an embedded storage
 * @param epoch counts takeovers of the log by another primary, from 1
 * @param sequence 1, 2, 3 … without gaps; 0 is the place before the first commit
 */
public record Position(UUID incarnation, int partition, long epoch, long sequence) {
    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if a number is below its first value
     */
    public Position {
        if (partition < 0 || epoch < 1 || sequence < 0) {
            throw new IllegalArgumentException("A position needs partition >= 0, epoch >= 1 and sequence >= 0, got "
                    + partition + ", " + epoch + ", " + sequence);
        }
    }

    /**
     * Whether this place comes after {@code other} in the same log.
     *
     * @throws IllegalArgumentException if the two belong to different logs or partitions
     */
    public boolean isAfter(Position other) {
        requireSameLog(other);
        return sequence > other.sequence;
    }

    /**
     * Checks that {@code other} is a place of this log.
     *
     * @throws IllegalArgumentException if the two belong to different logs or partitions
     */
    public void requireSameLog(Position other) {
        if (partition != other.partition || !incarnation.equals(other.incarnation)) {
            throw new IllegalArgumentException("Position " + other + " belongs to another log than " + this
                    + ". Positions are only comparable within the storage that gave them.");
        }
    }

    /**
     * Reads the text form that {@link #toString()} gives.
     *
     * @throws IllegalArgumentException if the text is not such a form
     */
    public static Position parse(String text) {
        String[] parts = text.split(":", -1);
        try {
            if (parts.length == 4) {
                Position position = new Position(
                        UUID.fromString(parts[0]),
                        Integer.parseInt(parts[1]),
                        Long.parseLong(parts[2]),
                        Long.parseLong(parts[3]));
                // These also read signs, other digits, and groups that are too short or so long that they are cut.
                if (position.toString().equals(text)) {
                    return position;
                }
            }
        } catch (IllegalArgumentException e) {
            throw notAPosition(text, e);
        }
        throw notAPosition(text, null);
    }

    private static IllegalArgumentException notAPosition(
            String text, @org.jspecify.annotations.Nullable Throwable cause) {
        return new IllegalArgumentException(
                "Not a position: expected incarnation:partition:epoch:sequence, got a text of " + text.length()
                        + " characters",
                cause);
    }

    /** The text form, readable by {@link #parse}. */
    @Override
    public String toString() {
        return incarnation + ":" + partition + ":" + epoch + ":" + sequence;
    }
}
