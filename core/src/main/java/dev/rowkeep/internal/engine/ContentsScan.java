package dev.rowkeep.internal.engine;

import dev.rowkeep.internal.codec.DroppedContents;
import dev.rowkeep.internal.engine.RetentionCut.Contents;
import dev.rowkeep.spi.ChangeId;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.LoggedChange;
import dev.rowkeep.spi.LoggedCommit;
import dev.rowkeep.spi.Storage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Finds the changes whose contents may go, from the oldest on: so of each record the oldest go first, whenever it is stopped. Commits that are dropped
 * meanwhile are passed over. Used by one thread.
 */
final class ContentsScan {
    private static final int PAGE = 256;

    private final Storage storage;
    private final Map<Integer, Contents> wanted = new HashMap<>();
    private final long through;
    private final Deque<LoggedChange> found = new ArrayDeque<>();
    private long at;

    ContentsScan(Storage storage, List<Contents> contents) {
        this.storage = storage;
        contents.forEach(one -> wanted.put(one.layout().id(), one));
        this.through = contents.stream().mapToLong(Contents::through).max().orElse(0);
    }

    /** The next changes, without their contents, at most {@code most}; none at the end. */
    List<LoggedChange> next(int most) {
        while (found.size() < most && at < through) {
            List<LoggedCommit> page = storage.commitsAfter(at, PAGE);
            if (page.isEmpty()) {
                at = through;
            } else {
                at = page.get(page.size() - 1).header().sequence();
                wanted.values().stream()
                        .flatMap(contents -> old(contents, page))
                        .sorted(Comparator.comparingLong(LoggedChange::id))
                        .forEach(found::add);
            }
        }
        List<LoggedChange> next = new ArrayList<>();
        while (next.size() < most && !found.isEmpty()) {
            next.add(DroppedContents.drop(found.remove()));
        }
        return next;
    }

    private Stream<LoggedChange> old(Contents contents, List<LoggedCommit> page) {
        List<LoggedChange> whole = page.stream()
                .flatMap(commit -> commit.changes().stream())
                .filter(change -> change.storeId() == contents.layout().id()
                        && ChangeId.sequence(change.id()) <= contents.through()
                        && !DroppedContents.of(change))
                .toList();
        if (contents.spared() == 0) {
            return whole.stream();
        }
        Map<Object, Long> newest = new HashMap<>();
        List<Object> keys = whole.stream().map(LoggedChange::key).distinct().toList();
        for (Image image : storage.readAll(contents.layout(), keys)) {
            newest.put(image.key(), image.version());
        }
        return whole.stream()
                .filter(change -> change.version() <= newest.getOrDefault(change.key(), 0L) - contents.spared());
    }
}
