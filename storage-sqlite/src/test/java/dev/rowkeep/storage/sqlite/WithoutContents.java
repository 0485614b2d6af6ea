package dev.rowkeep.storage.sqlite;

import dev.rowkeep.spi.LoggedChange;
import dev.rowkeep.spi.Storage;
import dev.rowkeep.spi.StoreLayout;
import java.util.Arrays;
import java.util.List;

/** Changes as core drops their contents, but that their hash is any. */
final class WithoutContents {
    static final byte[] GONE = new byte[33];

    static {
        Arrays.fill(GONE, (byte) 7);
        GONE[0] = 0x13;
    }

    private WithoutContents() {}

    static LoggedChange of(LoggedChange change) {
        return change.withContents(GONE, null);
    }

    /** Those of a store's changes up to a commit. */
    static List<LoggedChange> of(Storage storage, StoreLayout layout, long through) {
        return storage.commitsAfter(0, Math.toIntExact(through)).stream()
                .flatMap(commit -> commit.changes().stream())
                .filter(change -> change.storeId() == layout.id())
                .map(WithoutContents::of)
                .toList();
    }
}
