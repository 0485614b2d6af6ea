package dev.rowkeep.storage.duckdb.journal;

import dev.rowkeep.storage.duckdb.journal.Journal.Identity;
import dev.rowkeep.storage.duckdb.journal.Journal.Place;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/** Journals, records and what is in the files of a journal. */
final class Samples {
    static final Identity IDENTITY = new Identity(new UUID(0x0123456789abcdefL, 42), 7);
    static final Place BEGINNING = new Place(0, new byte[SegmentFormat.HASH_BYTES]);

    /** Three records of {@link #records} fit into a segment, which has its full length from the first on. */
    static final JournalOptions SMALL = new JournalOptions(300, 8 * 89);

    private Samples() {}

    /** The record that follows a place. */
    static JournalRecord following(Place place, byte[] payload) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(place.hash());
            return new JournalRecord(place.number() + 1, place.hash(), digest.digest(payload), payload);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /** Records that follow each other from a place on, with short payloads. */
    static List<JournalRecord> records(Place start, int count) {
        List<JournalRecord> records = new ArrayList<>();
        Place place = start;
        for (int i = 0; i < count; i++) {
            JournalRecord record = following(place, ("payload " + i).getBytes(StandardCharsets.UTF_8));
            records.add(record);
            place = record.after();
        }
        return records;
    }

    /** A journal with so many records, closed. */
    static List<JournalRecord> write(Path directory, JournalOptions options, int count) throws JournalException {
        List<JournalRecord> records = records(BEGINNING, count);
        try (Journal journal = Journal.create(directory, IDENTITY, BEGINNING, options)) {
            appendAll(journal, records);
        }
        return records;
    }

    static void appendAll(Journal journal, List<JournalRecord> records) throws JournalException {
        for (JournalRecord record : records) {
            journal.append(record);
        }
    }

    /** All records that are there. */
    static List<JournalRecord> all(Journal journal) throws JournalException {
        return after(journal, journal.start().number());
    }

    static List<JournalRecord> after(Journal journal, long number) throws JournalException {
        List<JournalRecord> records = new ArrayList<>();
        try (JournalReader reader = journal.read(number)) {
            for (JournalRecord record = reader.next(); record != null; record = reader.next()) {
                records.add(record);
            }
        }
        return records;
    }

    /** The files of a directory by name, in order. */
    static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }

    static List<String> names(Path directory) throws IOException {
        return files(directory).stream()
                .map(each -> each.getFileName().toString())
                .toList();
    }

    /** What is in the files of a directory, to be compared. */
    static Map<String, String> contents(Path directory) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        for (Path each : files(directory)) {
            contents.put(
                    each.getFileName().toString(), new String(Files.readAllBytes(each), StandardCharsets.ISO_8859_1));
        }
        return contents;
    }

    /** A copy of a directory, in place of what was there. */
    static Path copy(Path from, Path to) throws IOException {
        if (Files.isDirectory(to)) {
            for (Path each : files(to)) {
                Files.delete(each);
            }
        } else {
            Files.createDirectory(to);
        }
        for (Path each : files(from)) {
            Files.copy(each, to.resolve(each.getFileName()));
        }
        return to;
    }

    /** Deletes a directory and what is in it. */
    static void delete(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path each : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
