package dev.rowkeep.memory;

import dev.rowkeep.spi.Head;
import dev.rowkeep.spi.LoggedChange;
import dev.rowkeep.spi.LoggedCommit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The commits in order; that of sequence n stands at place n - 1. Owned as {@link MemoryContent} says. */
final class MemoryLog {
    private final List<LoggedCommit> commits = new ArrayList<>();

    Head head() {
        if (commits.isEmpty()) {
            return Head.empty();
        }
        LoggedCommit newest = commits.get(commits.size() - 1);
        return new Head(newest.header().sequence(), newest.header().timeMicros(), newest.hash());
    }

    void append(LoggedCommit commit) {
        commits.add(commit);
    }

    /** Every commit. */
    List<LoggedCommit> all() {
        return Collections.unmodifiableList(commits);
    }

    /** A copy of the commits after {@code sequence}, at most {@code most}. */
    List<LoggedCommit> after(long sequence, int most) {
        int from = (int) Math.max(0, Math.min(sequence, commits.size()));
        int to = (int) Math.min(commits.size(), from + Math.max(0L, most));
        return List.copyOf(commits.subList(from, to));
    }

    /** The changes of one store after {@code sequence}, at most {@code most}. */
    List<LoggedChange> after(int storeId, long sequence, int most) {
        int from = (int) Math.max(0, Math.min(sequence, commits.size()));
        return commits.subList(from, commits.size()).stream()
                .flatMap(commit -> commit.changes().stream())
                .filter(change -> change.storeId() == storeId)
                .limit(Math.max(0, most))
                .toList();
    }

    /** The newest commit made at or before a time; 0 if there is none. Times never fall. */
    long sequenceAt(long timeMicros) {
        return Ascending.last(commits, commit -> commit.header().timeMicros(), timeMicros) + 1L;
    }
}
