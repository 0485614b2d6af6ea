package dev.rowkeep.storage.tck;

import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Row;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.store.RecordReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a store of people held at each place of its log, each state kept as it was, and what of it can be told since. Used by one thread. */
final class PlainPast {
    static final Column<String> PERSON = Column.text("person");
    static final Column<String> NAME = Column.text("name").personal();
    static final Column<Long> USES = Column.integer("uses");
    static final Schema<String, Row> PEOPLE = Schema.dynamic("people", PERSON, NAME, USES);

    /** By sequence, what can be told of what the store held after that commit. */
    private final List<SortedMap<String, Held>> told = new ArrayList<>();

    /** By sequence, what it held, whatever was erased since. */
    private final List<SortedMap<String, Held>> written = new ArrayList<>();

    /** By sequence, when that commit was made, in seconds. */
    private final List<Long> times = new ArrayList<>();

    private final Set<String> keys = new TreeSet<>();

    /** The commits of which changes have no contents any more. */
    private final Set<Long> thinned = new TreeSet<>();

    /**
     * A person.
     *
     * @param name null if there is none
     * @param isErased whether nobody can tell what the name was
     */
    record Held(long uses, @Nullable String name, boolean isErased) {
        private Held without(boolean isErased) {
            return new Held(uses, null, isErased);
        }

        private String shown() {
            return uses + " " + name;
        }
    }

    /** The next states are {@code state}, up to that of the commit {@code head}. */
    void fill(SortedMap<String, Held> state, long head, long seconds) {
        while (told.size() <= head) {
            told.add(state);
            written.add(state);
            times.add(seconds);
        }
        keys.addAll(state.keySet());
    }

    SortedMap<String, Held> at(long sequence) {
        return told.get((int) sequence);
    }

    long seconds(long sequence) {
        return times.get((int) sequence);
    }

    /** How many there are. */
    int size() {
        return told.size();
    }

    /** All that were ever there. */
    List<String> keys() {
        return List.copyOf(keys);
    }

    /** The name of {@code key} is erased by a commit: what it and earlier ones have said of it is not told any more. */
    void erase(String key, long by) {
        boolean isChanged = false;
        for (int sequence = (int) by; sequence > 0; sequence--) {
            isChanged |= !Objects.equals(name(sequence, key), name(sequence - 1, key));
            if (isChanged) {
                told.set(sequence - 1, without(told.get(sequence - 1), key, true));
            }
        }
    }

    /**
     * Drops the contents of each person's changes but for the newest {@code versions}, of the commits after {@code start} up to {@code through}.
     *
     * @return the newest commit that has such a change; 0 if none has
     */
    long thin(int versions, long start, long through) {
        for (String key : keys) {
            int newer = 0;
            for (int sequence = written.size() - 1; sequence > start; sequence--) {
                boolean isChanged = !Objects.equals(
                        written.get(sequence).get(key),
                        written.get(sequence - 1).get(key));
                newer += isChanged ? 1 : 0;
                if (isChanged && newer > versions && sequence <= through) {
                    thinned.add((long) sequence);
                }
            }
        }
        return thinned.stream().mapToLong(Long::longValue).max().orElse(0);
    }

    boolean isThinned(long sequence) {
        return thinned.contains(sequence);
    }

    /** Another copy is gone on with, which has all contents. */
    void whole() {
        thinned.clear();
    }

    private @Nullable String name(int sequence, String key) {
        Held held = written.get(sequence).get(key);
        return held == null ? null : held.name();
    }

    /** {@code state} with no name of {@code key}, which everybody can tell. */
    static SortedMap<String, Held> without(SortedMap<String, Held> state, String key) {
        return without(state, key, false);
    }

    private static SortedMap<String, Held> without(SortedMap<String, Held> state, String key, boolean isErased) {
        SortedMap<String, Held> without = new TreeMap<>(state);
        without.computeIfPresent(key, (any, held) -> held.without(isErased));
        return without;
    }

    /** What restoring {@code then} makes of {@code now}: a name that is erased stays as it is. */
    static SortedMap<String, Held> restored(SortedMap<String, Held> now, SortedMap<String, Held> then) {
        SortedMap<String, Held> restored = new TreeMap<>();
        then.forEach((key, held) -> {
            Held present = now.get(key);
            String name = held.isErased() ? present == null ? null : present.name() : held.name();
            restored.put(key, new Held(held.uses(), name, false));
        });
        return restored;
    }

    /** Whether a replica that has taken everything up to {@code sequence} may hold this: it keeps what it has until the erasure gets to it. */
    boolean mayBe(SortedMap<String, String> held, long sequence) {
        SortedMap<String, String> now = shown(at(sequence));
        SortedMap<String, String> then = shown(written.get((int) sequence));
        return held.keySet().equals(now.keySet())
                && held.entrySet().stream()
                        .allMatch(record -> record.getValue().equals(now.get(record.getKey()))
                                || record.getValue().equals(then.get(record.getKey())));
    }

    static SortedMap<String, String> shown(SortedMap<String, Held> state) {
        SortedMap<String, String> shown = new TreeMap<>();
        state.forEach((key, held) -> shown.put(key, held.shown()));
        return shown;
    }

    /** What {@code reader} shows. */
    static SortedMap<String, String> shown(RecordReader<String, Row> reader) {
        SortedMap<String, String> shown = new TreeMap<>();
        reader.query().list().forEach(record -> {
            Row row = record.value();
            shown.put(record.key(), new Held(row.require(USES), row.get(NAME), false).shown());
        });
        return shown;
    }
}
