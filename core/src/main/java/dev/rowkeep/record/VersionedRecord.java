package dev.rowkeep.record;

import dev.rowkeep.commit.Author;
import dev.rowkeep.commit.Position;
import java.time.Instant;

/**
 * A record as it was read: its value, which version of the record that is, and who made that version when. Immutable, and equal to
 * every other one with equal parts.
 *
 * @param <K> the key's type
 * @param <T> the value's type
 */
public interface VersionedRecord<K, T> {
    /** The record's key. */
    K key();

    /** 1, 2, 3 …, never used twice for one key; a delete is a version too. */
    long version();

    /** The content; of a deleted record, the content that was deleted. */
    T value();

    /** The commit that made this version. */
    Position position();

    /** Who made this version. */
    Author author();

    /** When this version was made. */
    Instant time();
}
