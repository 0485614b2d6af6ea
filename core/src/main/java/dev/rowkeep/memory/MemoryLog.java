package dev.rowkeep.memory;

import dev.rowkeep.spi.ChangeId;
import dev.rowkeep.spi.Head;
import dev.rowkeep.spi.LoggedChange;
import dev.rowkeep.spi.LoggedCommit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The commits in order; the one after the start's stands at place 0. Owned as {@link MemoryContent} says. */
final class MemoryLog {
    private final List<LoggedCommit> commits = new ArrayList<>();
    private Head start = Head.empty();

    /** The newest commit that was dropped. */
    Head start() {
        return start;
    }

    Head head() {
        return commits.isEmpty() ? start : head(commits.get(commits.size() - 1));
    }

    /** Begins behind a commit that this never had. */
    void begin(Head place) {
        start = place;
    }

    private static Head head(LoggedCommit commit) {
        return new Head(commit.header().sequence(), commit.header().timeMicros(), commit.hash());
    }

    void append(LoggedCommit commit) {
        commits.add(commit);
    }

    /** Drops the commits up to {@code sequence}, of which the head is the last that may go. */
    void dropThrough(long sequence) {
        List<LoggedCommit> old = commits.subList(0, place(sequence));
        if (!old.isEmpty()) {
            start = head(old.get(old.size() - 1));
            old.clear();
        }
    }

    /** Puts what {@code sealing} makes of each change in its place. */
    void replaceChanges(UnaryOperator<LoggedChange> sealing) {
        commits.replaceAll(commit -> {
            List<LoggedChange> changes = commit.changes().stream().map(sealing).toList();
            return changes.equals(commit.changes())
                    ? commit
                    : new LoggedCommit(commit.header(), changes, commit.hash());
        });
    }

    /** Puts changes in the places of those with their ids; those of commits that were dropped are passed over. */
    void replace(List<LoggedChange> replacing) {
        Map<Long, List<LoggedChange>> byCommit =
                replacing.stream().collect(Collectors.groupingBy(change -> ChangeId.sequence(change.id())));
        byCommit.forEach((sequence, those) -> {
            if (sequence > start.sequence()) {
                LoggedCommit commit = commits.get(place(sequence - 1));
                List<LoggedChange> changes = new ArrayList<>(commit.changes());
                those.forEach(change -> changes.set(ChangeId.ordinal(change.id()), change));
                commits.set(place(sequence - 1), new LoggedCommit(commit.header(), changes, commit.hash()));
            }
        });
    }

    /** Every commit that was not dropped. */
    List<LoggedCommit> all() {
        return Collections.unmodifiableList(commits);
    }

    /** A copy of the commits after {@code sequence}, at most {@code most}. */
    List<LoggedCommit> after(long sequence, int most) {
        int from = place(sequence);
        int to = (int) Math.min(commits.size(), from + Math.max(0L, most));
        return List.copyOf(commits.subList(from, to));
    }

    /** The changes of one store after {@code sequence}, at most {@code most}. */
    List<LoggedChange> after(int storeId, long sequence, int most) {
        return commits.subList(place(sequence), commits.size()).stream()
                .flatMap(commit -> commit.changes().stream())
                .filter(change -> change.storeId() == storeId)
                .limit(Math.max(0, most))
                .toList();
    }

    /** Where the first commit after {@code sequence} stands. */
    private int place(long sequence) {
        return (int) Math.max(0, Math.min(sequence - start.sequence(), commits.size()));
    }

    /** The newest commit made at or before a time; 0 if there is none. Times never fall. */
    long sequenceAt(long timeMicros) {
        int last = Ascending.last(commits, commit -> commit.header().timeMicros(), timeMicros);
        return last < 0 && timeMicros < start.timeMicros() ? 0 : start.sequence() + last + 1L;
    }
}
