package dev.rowkeep.evidence.history;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Whether there is an order of all operations in which each sees what those before it left, and in which an operation that returned before
 * another began comes before it: strict serializability. It implies that no update is lost, that reads never go back and see one's own
 * writes, and that what is read together was there together.
 *
 * <p>Versions give the order of the writes of a record. From there it is a search for a cycle among: the writer of a version before the
 * writer of the next; the writer of a version before its readers; the readers of a version before the writer of the next; and time. Who
 * asks for a group and does not get a record has seen a version outside of it: he comes after the writer who took it out of the group, or
 * who never had it in, and before the writer who put it in next.
 */
final class HistoryCheck {
    private static final int NOBODY = -1;

    private final List<Operation> operations;
    private final Map<String, List<Access>> versions;
    private final Map<String, List<Long>> sequences;
    private final Map<String, int[]> writers = new HashMap<>();

    /** What was known of a record when: by time, the newest version of the operations that had returned. */
    private final Map<String, TreeMap<Long, Long>> known = new HashMap<>();

    private final CommitTimes times;

    private HistoryCheck(History history) {
        operations = history.operations();
        versions = history.versions();
        sequences = history.sequences();
        times = new CommitTimes(history);
    }

    /** The first thing that is wrong; empty if nothing is. */
    static Optional<String> problem(History history) {
        HistoryCheck check = new HistoryCheck(history);
        return check.versionsProblem()
                .or(check::writersProblem)
                .or(check::readersProblem)
                .or(check::cycle);
    }

    private Optional<String> versionsProblem() {
        for (Map.Entry<String, List<Access>> record : versions.entrySet()) {
            long expected = 1;
            for (Access access : record.getValue()) {
                if (access.version() != expected++) {
                    return Optional.of(record.getKey() + " has version " + access.version() + " where " + (expected - 1)
                            + " comes next");
                }
            }
        }
        return Optional.empty();
    }

    private Optional<String> writersProblem() {
        versions.forEach((record, all) -> {
            int[] nobody = new int[all.size() + 1];
            Arrays.fill(nobody, NOBODY);
            writers.put(record, nobody);
        });
        for (int i = 0; i < operations.size(); i++) {
            for (Access write : operations.get(i).writes()) {
                if (write.version() == Access.UNTOLD) {
                    continue;
                }
                if (!isLogged(write)) {
                    return Optional.of("lost: " + operations.get(i).name() + " made " + write);
                }
                int[] ofRecord = Objects.requireNonNull(writers.get(write.record()));
                if (ofRecord[(int) write.version()] != NOBODY) {
                    return Optional.of("two writers were told that they made " + write);
                }
                ofRecord[(int) write.version()] = i;
            }
        }
        claimUnknown();
        for (Map.Entry<String, int[]> record : writers.entrySet()) {
            for (int version = 1; version < record.getValue().length; version++) {
                if (record.getValue()[version] == NOBODY) {
                    return Optional.of("nobody made version " + version + " of " + record.getKey()
                            + ", or its writer was told that it failed");
                }
            }
        }
        return Optional.empty();
    }

    /**
     * Gives what nobody was told of to the writers who do not know what became of theirs: all of one commit to one of them. Deletes
     * come last, because they look alike; and of these first the one that was over first, which has the fewest to choose from.
     */
    private void claimUnknown() {
        for (int i : claimants()) {
            List<Access> wanted = operations.get(i).writes();
            if (!wanted.isEmpty() && wanted.get(0).version() == Access.UNTOLD) {
                for (long sequence : sequences.getOrDefault(wanted.get(0).record(), List.of())) {
                    if (claim(i, wanted, sequence)) {
                        break;
                    }
                }
            }
        }
    }

    /** Whether a commit made all of {@code wanted}, and nobody else has claimed it: then it is this one's. */
    private boolean claim(int writer, List<Access> wanted, long sequence) {
        for (Access write : wanted) {
            int version = versionAt(write.record(), sequence);
            boolean isMadeThere = version > 0
                    && sequences.getOrDefault(write.record(), List.of()).get(version - 1) == sequence
                    && all(write.record()).get(version - 1).value() == write.value()
                    && writersOf(write.record())[version] == NOBODY
                    && times.allow(operations.get(writer), write.record(), version);
            if (!isMadeThere) {
                return false;
            }
        }
        wanted.forEach(write -> writersOf(write.record())[versionAt(write.record(), sequence)] = writer);
        return true;
    }

    private List<Access> all(String record) {
        return versions.getOrDefault(record, List.of());
    }

    private int[] writersOf(String record) {
        return Objects.requireNonNull(writers.get(record));
    }

    private int[] claimants() {
        Comparator<Integer> byKind = Comparator.comparing(
                i -> operations.get(i).writes().stream().allMatch(write -> write.value() == Access.ABSENT));
        return IntStream.range(0, operations.size())
                .boxed()
                .sorted(byKind.thenComparing(i -> -operations.get(i).writes().size())
                        .thenComparing(i -> operations.get(i).responded())
                        .thenComparing(i -> operations.get(i).invoked()))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private Optional<String> readersProblem() {
        for (Operation operation : operations) {
            for (Access read : operation.seen()) {
                if (read.version() != Access.UNTOLD && !isLogged(read)) {
                    return Optional.of(operation.name() + " saw " + read + ", which never was");
                }
            }
        }
        return Optional.empty();
    }

    private boolean isLogged(Access access) {
        List<Access> all = versions.getOrDefault(access.record(), List.of());
        if (access.version() == 0) {
            return access.value() == Access.ABSENT;
        }
        return access.version() <= all.size()
                && all.get((int) access.version() - 1).value() == access.value();
    }

    private Optional<String> cycle() {
        long[] moments = moments();
        PrecedenceGraph graph = new PrecedenceGraph(operations.size() + moments.length);
        addTime(graph, moments);
        for (int[] ofRecord : writers.values()) {
            for (int version = 2; version < ofRecord.length; version++) {
                graph.precedes(ofRecord[version - 1], ofRecord[version]);
            }
        }
        learn();
        for (int i = 0; i < operations.size(); i++) {
            for (Access read : operations.get(i).seen()) {
                OptionalLong version = versionOf(operations.get(i), read);
                if (version.isEmpty()) {
                    return Optional.of(operations.get(i).name() + " did not see " + read.record()
                            + " at a time at which it was there: " + operations.get(i));
                }
                int first = (int) version.getAsLong();
                addRead(graph, i, read.record(), first, last(operations.get(i), read, first));
            }
            for (GroupQuery query : operations.get(i).queries()) {
                Optional<String> unseen = addUnseen(graph, i, query);
                if (unseen.isPresent()) {
                    return unseen;
                }
            }
        }
        List<Integer> cycle = graph.cycle();
        return cycle.isEmpty() ? Optional.empty() : Optional.of("no order explains these: " + named(cycle));
    }

    /** The reader saw one of these versions; the first and the last are the same where it told which. */
    private void addRead(PrecedenceGraph graph, int reader, String record, int first, int last) {
        int[] ofRecord = writers.getOrDefault(record, new int[1]);
        if (first > 0) {
            graph.precedes(ofRecord[first], reader);
        }
        if (last + 1 < ofRecord.length) {
            graph.precedes(reader, ofRecord[last + 1]);
        }
    }

    /** The last absence that a reader may have seen, if it did not tell which: of those whose writers began before it returned. */
    private int last(Operation reader, Access read, int first) {
        int last = first;
        if (read.version() == Access.UNTOLD && reader.asOf() == Access.UNTOLD) {
            int[] ofRecord = writers.getOrDefault(read.record(), new int[1]);
            for (int version = first + 1; version < ofRecord.length; version++) {
                if (operations.get(ofRecord[version]).invoked() > reader.responded()) {
                    break;
                }
                last = all(read.record()).get(version - 1).value() == Access.ABSENT ? version : last;
            }
        }
        return last;
    }

    /** The records that a query did not give. */
    private Optional<String> addUnseen(PrecedenceGraph graph, int reader, GroupQuery query) {
        Set<String> given = new HashSet<>(query.own());
        for (Access found : query.found()) {
            if (!query.holdsFor(found.value()) || !given.add(found.record())) {
                return Optional.of("a query gave what it was not asked for: " + operations.get(reader));
            }
        }
        for (Map.Entry<String, List<Access>> record : versions.entrySet()) {
            if (!record.getKey().startsWith(query.store() + "/") || given.contains(record.getKey())) {
                continue;
            }
            List<Access> all = record.getValue();
            int first = versionAt(record.getKey(), operations.get(reader).asOf());
            if (holds(query, all, first)) {
                return Optional.of(record.getKey() + " was not given by a query that it is in as of then: "
                        + operations.get(reader));
            }
            int next = first + 1;
            while (first > 0 && !holds(query, all, first - 1)) {
                first--;
            }
            while (next <= all.size() && !holds(query, all, next)) {
                next++;
            }
            int[] ofRecord = writersOf(record.getKey());
            if (first > 0) {
                graph.precedes(ofRecord[first], reader);
            }
            if (next < ofRecord.length) {
                graph.precedes(reader, ofRecord[next]);
            }
        }
        return Optional.empty();
    }

    private static boolean holds(GroupQuery query, List<Access> all, int version) {
        return version > 0 && query.holdsFor(all.get(version - 1).value());
    }

    /** The version of a record that the commit {@code sequence} left. */
    private int versionAt(String record, long sequence) {
        int found = Collections.binarySearch(sequences.getOrDefault(record, List.of()), sequence);
        return found >= 0 ? found + 1 : -found - 1;
    }

    /** The moments at which an operation returned, in order. */
    private long[] moments() {
        return operations.stream()
                .mapToLong(Operation::responded)
                .filter(moment -> moment != Operation.NEVER)
                .sorted()
                .distinct()
                .toArray();
    }

    /** One node for each moment, each before the next, so that there are as many edges as operations and not as pairs of them. */
    private void addTime(PrecedenceGraph graph, long[] moments) {
        int first = operations.size();
        for (int i = 1; i < moments.length; i++) {
            graph.precedes(first + i - 1, first + i);
        }
        for (int i = 0; i < operations.size(); i++) {
            Operation operation = operations.get(i);
            if (operation.responded() != Operation.NEVER) {
                graph.precedes(i, first + Arrays.binarySearch(moments, operation.responded()));
            }
            int found = Arrays.binarySearch(moments, operation.invoked());
            int before = found >= 0 ? found - 1 : -found - 2;
            if (before >= 0) {
                graph.precedes(first + before, i);
            }
        }
    }

    private void learn() {
        operations.stream()
                .filter(operation -> operation.responded() != Operation.NEVER)
                .sorted(Comparator.comparingLong(Operation::responded))
                .forEach(operation -> {
                    operation.reads().forEach(read -> learn(operation, read));
                    operation.writes().forEach(write -> learn(operation, write));
                });
    }

    private void learn(Operation operation, Access access) {
        TreeMap<Long, Long> newest = known.computeIfAbsent(access.record(), any -> new TreeMap<>());
        if (newest.isEmpty() || newest.lastEntry().getValue() < access.version()) {
            newest.put(operation.responded(), access.version());
        }
    }

    /** The version that was read. Of an absent record, the first absence that is not older than what had been seen before it began. */
    private OptionalLong versionOf(Operation reader, Access read) {
        if (read.version() != Access.UNTOLD) {
            return OptionalLong.of(read.version());
        }
        if (reader.asOf() != Access.UNTOLD) {
            int version = versionAt(read.record(), reader.asOf());
            boolean isAbsent =
                    version == 0 || all(read.record()).get(version - 1).value() == Access.ABSENT;
            return isAbsent ? OptionalLong.of(version) : OptionalLong.empty();
        }
        Map.Entry<Long, Long> seen =
                known.getOrDefault(read.record(), new TreeMap<>()).lowerEntry(reader.invoked());
        long version = seen == null ? 0 : Math.max(0, seen.getValue());
        List<Access> all = versions.getOrDefault(read.record(), List.of());
        while (version > 0 && all.get((int) version - 1).value() != Access.ABSENT) {
            if (++version > all.size()) {
                return OptionalLong.empty();
            }
        }
        return OptionalLong.of(version);
    }

    private String named(List<Integer> cycle) {
        List<String> names = new ArrayList<>();
        for (int node : cycle) {
            names.add(node < operations.size() ? operations.get(node).toString() : "(later)");
        }
        return String.join("\n  then ", names);
    }
}
