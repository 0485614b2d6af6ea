package dev.rowkeep.evidence.history;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Whether there is an order of all operations in which each sees what those before it left, and in which an operation that returned before
 * another began comes before it: strict serializability. It implies that no update is lost, that reads never go back and see one's own
 * writes, and that what is read together was there together.
 *
 * <p>Versions give the order of the writes of a record. From there it is a search for a cycle among: the writer of a version before the
 * writer of the next; the writer of a version before its readers; the readers of a version before the writer of the next; and time.
 */
final class HistoryCheck {
    private static final int NOBODY = -1;

    private final List<Operation> operations;
    private final Map<String, List<Access>> versions;
    private final Map<String, int[]> writers = new HashMap<>();

    /** What was known of a record when: by time, the newest version of the operations that had returned. */
    private final Map<String, TreeMap<Long, Long>> known = new HashMap<>();

    private HistoryCheck(History history) {
        operations = history.operations();
        versions = history.versions();
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

    /** Gives what nobody was told of to the writers who do not know what became of theirs. */
    private void claimUnknown() {
        Map<Access, Queue<Integer>> unknown = new HashMap<>();
        for (int i : byInvocation()) {
            for (Access write : operations.get(i).writes()) {
                if (write.version() == Access.UNTOLD) {
                    unknown.computeIfAbsent(write, any -> new ArrayDeque<>()).add(i);
                }
            }
        }
        versions.forEach((record, all) -> {
            int[] ofRecord = Objects.requireNonNull(writers.get(record));
            for (Access access : all) {
                int version = (int) access.version();
                Queue<Integer> maybe =
                        unknown.getOrDefault(new Access(record, Access.UNTOLD, access.value()), new ArrayDeque<>());
                while (!maybe.isEmpty() && wasOverBefore(ofRecord[version - 1], maybe.element())) {
                    maybe.remove();
                }
                if (ofRecord[version] == NOBODY && !maybe.isEmpty()) {
                    ofRecord[version] = maybe.remove();
                }
            }
        });
    }

    /** Whether an operation was over, with its process, before the writer of the version before began. */
    private boolean wasOverBefore(int writer, int operation) {
        return writer != NOBODY
                && operations.get(operation).responded()
                        < operations.get(writer).invoked();
    }

    private int[] byInvocation() {
        return IntStream.range(0, operations.size())
                .boxed()
                .sorted(Comparator.comparingLong(i -> operations.get(i).invoked()))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private Optional<String> readersProblem() {
        for (Operation operation : operations) {
            for (Access read : operation.reads()) {
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
            for (Access read : operations.get(i).reads()) {
                OptionalLong version = versionOf(operations.get(i), read);
                if (version.isEmpty()) {
                    return Optional.of(operations.get(i).name() + " did not see " + read.record()
                            + " at a time at which it was there: " + operations.get(i));
                }
                addRead(graph, i, read.record(), (int) version.getAsLong());
            }
        }
        List<Integer> cycle = graph.cycle();
        return cycle.isEmpty() ? Optional.empty() : Optional.of("no order explains these: " + named(cycle));
    }

    private void addRead(PrecedenceGraph graph, int reader, String record, int version) {
        int[] ofRecord = writers.getOrDefault(record, new int[1]);
        if (version > 0) {
            graph.precedes(ofRecord[version], reader);
        }
        if (version + 1 < ofRecord.length) {
            graph.precedes(reader, ofRecord[version + 1]);
        }
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

    /** The version that was read. Of an absent record, the first absence that is not older than what had been seen before. */
    private OptionalLong versionOf(Operation reader, Access read) {
        if (read.version() != Access.UNTOLD) {
            return OptionalLong.of(read.version());
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
