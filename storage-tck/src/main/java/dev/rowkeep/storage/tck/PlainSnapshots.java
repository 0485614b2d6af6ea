package dev.rowkeep.storage.tck;

import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which snapshots a model has, and where in the log they are. */
final class PlainSnapshots {
    private final SortedMap<String, Long> places = new TreeMap<>();

    /** Those whose file the present primary has. */
    private final Set<String> filed = new TreeSet<>();

    SortedMap<String, Long> places() {
        return places;
    }

    boolean isEmpty() {
        return places.isEmpty();
    }

    boolean areAt(long place) {
        return places.containsValue(place);
    }

    void made(String name, long place, boolean hasFile) {
        places.put(name, place);
        if (hasFile) {
            filed.add(name);
        }
    }

    /** Takes one away, and gives its name. */
    String dropFirst() {
        String name = places.firstKey();
        places.remove(name);
        filed.remove(name);
        return name;
    }

    /** A replica that takes over has none of the files. */
    void loseFiles() {
        filed.clear();
    }

    /** The first place in a log from {@code start} on that a snapshot without a file needs; {@code head} if none does. */
    long pinned(long start, long head) {
        return places.entrySet().stream()
                .filter(snapshot -> !filed.contains(snapshot.getKey()) && snapshot.getValue() >= start)
                .mapToLong(Map.Entry::getValue)
                .min()
                .orElse(head);
    }
}
