package dev.rowkeep.memory;

import dev.rowkeep.spi.LoggedChange;
import dev.rowkeep.spi.LoggedCommit;
import dev.rowkeep.spi.LoggedVersion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds what is wrong with a memory storage's own structure: its log, its histories and its unique indexes. */
final class ContentCheck {
    private ContentCheck() {}

    static Optional<String> firstFault(MemoryLog log, Collection<MemoryTable> tables) {
        return logFault(log)
                .or(() -> tables.stream()
                        .map(table -> uniqueFault(table).or(() -> historyFault(log, table)))
                        .flatMap(Optional::stream)
                        .findFirst());
    }

    private static Optional<String> logFault(MemoryLog log) {
        List<LoggedCommit> commits = log.all();
        for (int i = 0; i < commits.size(); i++) {
            long sequence = log.start().sequence() + i + 1;
            if (commits.get(i).header().sequence() != sequence) {
                return Optional.of("commit " + sequence + " is missing in the log");
            }
        }
        return Optional.empty();
    }

    private static Optional<String> uniqueFault(MemoryTable table) {
        return table.uniques().stream()
                .map(unique -> unique.fault(table.images().values()))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> historyFault(MemoryLog log, MemoryTable table) {
        Map<Object, List<LoggedChange>> logged = new HashMap<>();
        for (LoggedCommit commit : log.all()) {
            for (LoggedChange change : commit.changes()) {
                if (change.storeId() == table.layout().id()) {
                    logged.computeIfAbsent(change.key(), key -> new ArrayList<>())
                            .add(change);
                }
            }
        }
        Map<Object, List<LoggedChange>> held = new HashMap<>();
        table.histories()
                .forEach((key, history) -> held.put(
                        key, history.all().stream().map(LoggedVersion::change).toList()));
        return logged.equals(held)
                ? Optional.empty()
                : Optional.of("the histories of store " + table.layout().name() + " do not agree with the log");
    }
}
