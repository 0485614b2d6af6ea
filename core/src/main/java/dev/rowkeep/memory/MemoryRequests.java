package dev.rowkeep.memory;

import dev.rowkeep.spi.RequestWrites;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StoredRequest;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The stored requests in the order in which they were stored. Owned as {@link MemoryContent} says. */
final class MemoryRequests {
    private final Map<String, StoredRequest> stored = new LinkedHashMap<>();

    @Nullable
    StoredRequest find(String id) {
        return stored.get(id);
    }

    List<StoredRequest> from(long from, long to) {
        return stored.values().stream()
                .filter(request -> request.sequence() >= from && request.sequence() <= to)
                .toList();
    }

    /**
     * Checks that {@link #apply} can do what {@code writes} says.
     *
     * @throws StorageException {@code UNIQUE_TAKEN} if an id is stored already, or twice among them
     */
    void check(RequestWrites writes) {
        Set<String> ids = new HashSet<>();
        for (StoredRequest request : writes.stored()) {
            if (stored.containsKey(request.id()) || !ids.add(request.id())) {
                throw new StorageException(
                        StorageException.Kind.UNIQUE_TAKEN,
                        "Cannot store request " + request.id()
                                + ": one of this id is stored already. Nothing was written;"
                                + " decide again on what is there.",
                        null);
            }
        }
    }

    void apply(RequestWrites writes) {
        writes.stored().forEach(request -> stored.put(request.id(), request));
        Iterator<StoredRequest> oldest = stored.values().iterator();
        for (int i = 0; i < writes.forgetMost() && oldest.hasNext(); i++) {
            if (oldest.next().timeMicros() < writes.forgetBeforeMicros()) {
                oldest.remove();
            }
        }
    }
}
