package dev.rowkeep.memory;

import dev.rowkeep.spi.LoggedChange;
import dev.rowkeep.spi.LoggedVersion;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;

/** The logged versions of one record, oldest first; versions and sequences only grow. Owned as its {@link MemoryTable} is. */
final class RecordHistory {
    /** That of a record that was never there; never appended to. */
    static final RecordHistory EMPTY = new RecordHistory();

    private final List<LoggedVersion> versions = new ArrayList<>();

    void append(LoggedVersion version) {
        versions.add(version);
    }

    /** Every version, oldest first. */
    List<LoggedVersion> all() {
        return Collections.unmodifiableList(versions);
    }

    /** The versions from {@code newest} down to {@code oldest}. */
    List<LoggedVersion> descending(long newest, long oldest) {
        List<LoggedVersion> descending = new ArrayList<>();
        for (int i = last(newest, version -> version.change().version()); i >= 0; i--) {
            LoggedVersion version = versions.get(i);
            if (version.change().version() < oldest) {
                break;
            }
            descending.add(version);
        }
        return descending;
    }

    /** Puts what {@code sealing} makes of each change in its place. */
    void replaceChanges(UnaryOperator<LoggedChange> sealing) {
        versions.replaceAll(version -> new LoggedVersion(version.header(), sealing.apply(version.change())));
    }

    /** Puts a change in the place of the one that made the same version, if that is there. */
    void replace(LoggedChange change) {
        int place = last(change.version(), version -> version.change().version());
        if (place >= 0 && versions.get(place).change().id() == change.id()) {
            versions.set(place, new LoggedVersion(versions.get(place).header(), change));
        }
    }

    /** Forgets the versions of commits up to {@code sequence}. */
    void dropThrough(long sequence) {
        versions.subList(0, last(sequence, version -> version.header().sequence()) + 1)
                .clear();
    }

    /** The newest version of a commit of at most {@code sequence}, dropped ones among them; {@code newest} is the record's. */
    long versionAt(long sequence, long newest) {
        if (versions.isEmpty()) {
            return newest;
        }
        int last = last(sequence, version -> version.header().sequence());
        return last < 0
                ? versions.get(0).change().version() - 1
                : versions.get(last).change().version();
    }

    private int last(long most, ToLongFunction<LoggedVersion> number) {
        return Ascending.last(versions, number, most);
    }
}
