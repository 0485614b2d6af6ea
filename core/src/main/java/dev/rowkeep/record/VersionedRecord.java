package dev.rowkeep.record;

import dev.rowkeep.commit.Author;
import dev.rowkeep.commit.Position;
import java.time.Instant;

/**
 * A record as it was read: its value, which version of the record that is, and who made that version when.
 *
 * @param key the record's key
 * @param version 1, 2, 3 …, never used twice for one key; a delete is a version too
 * @param value the content; of a deleted record, the content that was deleted
 * @param position the commit that made this version
 * @param author who made this version
 * @param time when this version was made
 * @param <K> the key's type
 * @param <T> the value's type
 */
public record VersionedRecord<K, T>(K key, long version, T value, Position position, Author author, Instant time) {}
