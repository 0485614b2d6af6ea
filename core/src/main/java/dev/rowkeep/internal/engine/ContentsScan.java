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
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
                wanted.values().forEach(contents -> look(contents, page));
            }
        }
        List<LoggedChange> next = new ArrayList<>();
        while (next.size() < most && !found.isEmpty()) {
            next.add(DroppedContents.drop(found.remove()));
        }
        return next;
    }

    private void look(Contents contents, List<LoggedCommit> page) {
        List<LoggedChange> old = page.stream()
                .flatMap(commit -> commit.changes().stream())
                .filter(change -> change.storeId() == contents.layout().id()
                        && ChangeId.sequence(change.id()) <= contents.through()
                        && !DroppedContents.of(change))
                .toList();
        if (contents.spared() == 0) {
            found.addAll(old);
            return;
        }
        Map<Object, Long> newest = new HashMap<>();
        List<Object> keys = old.stream().map(LoggedChange::key).distinct().toList();
        for (Image image : storage.readAll(contents.layout(), keys)) {
            newest.put(image.key(), image.version());
        }
        old.stream()
                .filter(change -> change.version() <= newest.getOrDefault(change.key(), 0L) - contents.spared())
                .forEach(found::add);
    }
}
