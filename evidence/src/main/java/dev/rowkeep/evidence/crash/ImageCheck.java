package dev.rowkeep.evidence.crash;

import dev.rowkeep.RowKeep;
import dev.rowkeep.log.Verification;
import dev.rowkeep.record.VersionedRecord;
import dev.rowkeep.schema.Row;
import dev.rowkeep.store.RecordStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A program that opens what a crash left and compares it with what had been acknowledged. */
final class ImageCheck {
    private static final String AFTER = "after";

    private ImageCheck() {}

    /** Reads directories from its input, each with a store of {@code args[0]}, and answers each with a line: what is wrong. */
    public static void main(String[] args) throws IOException {
        Kept kept = Kept.valueOf(args[0]);
        BufferedReader directories = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = directories.readLine(); line != null; line = directories.readLine()) {
            Path directory = Path.of(line);
            Said said = Said.parse(Files.readString(directory.resolve(Workload.SAID)));
            System.out.println(problem(kept, directory, said).orElse("").replace('\n', ' '));
        }
    }

    /** What is wrong with the store in {@code directory}; empty if nothing is. */
    private static Optional<String> problem(Kept kept, Path directory, Said said) {
        Stores stores = said.stores();
        long headBefore;
        try (RowKeep keep = RowKeep.open(kept.in(directory))) {
            RecordStore<String, Row> left = keep.store(stores.left());
            RecordStore<String, Row> right = keep.store(stores.right());
            Verification report = keep.log().verify();
            if (report.problem().isPresent()) {
                return report.problem();
            }
            Optional<String> lost = lost(left, right, said);
            if (lost.isPresent()) {
                return lost;
            }
            for (Map.Entry<Requested, Optional<String>> request :
                    said.requests().entrySet()) {
                Optional<String> wrong = request.getKey().problem(keep, left, request.getValue());
                if (wrong.isPresent()) {
                    return wrong;
                }
            }
            left.insert(stores.row(left.schema(), AFTER, Long.MAX_VALUE, ""));
            headBefore = keep.log().head().sequence();
        } catch (RuntimeException e) {
            return Optional.of("cannot be opened, read and written: " + e);
        }
        try (RowKeep keep = RowKeep.open(kept.in(directory))) {
            long head = keep.log().head().sequence();
            return head == headBefore && keep.store(stores.left()).exists(AFTER)
                    ? Optional.empty()
                    : Optional.of("a write after the crash is lost: head " + head + ", was " + headBefore);
        } catch (RuntimeException e) {
            return Optional.of("cannot be opened again: " + e);
        }
    }

    private static Optional<String> lost(RecordStore<String, Row> left, RecordStore<String, Row> right, Said said) {
        Map<String, Acknowledged> newest = new HashMap<>();
        for (Acknowledged write : said.acknowledged()) {
            newest.put(write.store() + "/" + write.key(), write);
            Optional<Row> found = (isLeft(write) ? left : right)
                    .asOf(write.key(), write.version())
                    .map(VersionedRecord::value);
            if (!isAsAcknowledged(found, write)) {
                return Optional.of("acknowledged " + write + ", found " + found);
            }
        }
        for (Acknowledged write : newest.values()) {
            RecordStore<String, Row> store = isLeft(write) ? left : right;
            Optional<VersionedRecord<String, Row>> current = store.get(write.key());
            boolean isOlder = current.isPresent() && current.get().version() < write.version();
            boolean isGone = current.isEmpty()
                    && write.value() != Acknowledged.DELETED
                    && store.history(write.key(), 1).get(0).version() == write.version();
            if (isOlder || isGone) {
                return Optional.of("acknowledged " + write + ", the current record is " + current);
            }
        }
        return Optional.empty();
    }

    private static boolean isLeft(Acknowledged write) {
        return write.store().equals(Stores.LEFT);
    }

    private static boolean isAsAcknowledged(Optional<Row> found, Acknowledged write) {
        if (write.value() == Acknowledged.DELETED) {
            return found.isEmpty();
        }
        return found.isPresent()
                && found.get().require(Stores.VALUE) == write.value()
                && new Stores(write.extras())
                        .extraColumns().stream().allMatch(extra -> found.get().require(extra) == write.value());
    }
}
