package dev.rowkeep.erasure;

import dev.rowkeep.query.Condition;
import dev.rowkeep.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whose values are erased: records of one store or several that belong to one person. Immutable.
 *
 * <p>A record that is no longer there, or no longer meets a condition, has a history all the same: name it by its key.
 */
public final class Subject {
    private final List<Part> parts;

    private Subject(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    /**
     * Records of one store.
     *
     * @param schema the store
     * @param key the key of the one record; empty if a condition says which
     * @param condition which records; everything where a key says it
     */
    public record Part(Schema<?, ?> schema, Optional<Object> key, Condition condition) {}

    /** The record {@code key}, there or deleted. */
    public static <K> Subject of(Schema<K, ?> schema, K key) {
        return new Subject(List.of()).and(schema, key);
    }

    /** The records that meet {@code condition} when they are erased. */
    public static Subject where(Schema<?, ?> schema, Condition condition) {
        return new Subject(List.of()).andWhere(schema, condition);
    }

    /** With the record {@code key} too, there or deleted. */
    public <K> Subject and(Schema<K, ?> schema, K key) {
        return with(new Part(schema, Optional.of(key), Condition.everything()));
    }

    /** With the records too that meet {@code condition} when they are erased. */
    public Subject andWhere(Schema<?, ?> schema, Condition condition) {
        return with(new Part(schema, Optional.empty(), condition));
    }

    /** What was named, in order. */
    public List<Part> parts() {
        return parts;
    }

    private Subject with(Part part) {
        List<Part> more = new ArrayList<>(parts);
        more.add(part);
        return new Subject(more);
    }
}
