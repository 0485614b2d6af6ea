package dev.rowkeep.storage.duckdb.journal;

import static dev.rowkeep.storage.duckdb.journal.Samples.BEGINNING;
import static dev.rowkeep.storage.duckdb.journal.Samples.IDENTITY;
import static dev.rowkeep.storage.duckdb.journal.Samples.SMALL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rowkeep.storage.duckdb.journal.JournalException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies of journals, and putting them in place. */
final class JournalCopyTest {
    @TempDir
    Path parent;

    private Path copy() {
        return parent.resolve("copy");
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }

    @Test
    void aCopyHoldsEveryDurableRecordInTheSameSegmentsAndNoZerosBehindThem() throws Exception {
        List<JournalRecord> records = Samples.records(BEGINNING, 40);
        try (Journal journal = Journal.create(parent.resolve("journal"), IDENTITY, BEGINNING, SMALL)) {
            Samples.appendAll(journal, records);
            journal.copyTo(copy());
        }
        assertThat(files(copy())).hasSizeGreaterThan(1);
        assertThat(files(copy()).stream().map(Path::getFileName))
                .isEqualTo(files(parent.resolve("journal")).stream()
                        .map(Path::getFileName)
                        .toList());
        long before =
                files(copy()).stream().mapToLong(file -> file.toFile().length()).sum();
        try (Journal journal = Journal.open(copy(), SMALL)) {
            assertThat(journal.identity()).isEqualTo(IDENTITY);
            assertThat(Samples.all(journal)).isEqualTo(records);
        }
        assertThat(files(copy()).stream()
                        .mapToLong(file -> file.toFile().length())
                        .sum())
                .isEqualTo(before);
    }

    @Test
    void aCopyBesideAppendsEndsAtARecordThatIsNoOlderThanTheLastBefore() throws Exception {
        AtomicBoolean isOver = new AtomicBoolean();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        try (Journal journal = Journal.create(parent.resolve("journal"), IDENTITY, BEGINNING, SMALL)) {
            Thread appender = new Thread(() -> {
                try {
                    while (!isOver.get()) {
                        journal.append(Samples.following(journal.last(), new byte[100]));
                    }
                } catch (IOException e) {
                    failure.set(e);
                }
            });
            appender.start();
            try {
                for (int round = 0; round < 5; round++) {
                    long least = journal.last().number();
                    Path copy = parent.resolve("copy" + round);
                    journal.copyTo(copy);
                    try (Journal copied = Journal.open(copy, SMALL)) {
                        assertThat(copied.last().number()).isGreaterThanOrEqualTo(least);
                        assertThat(Samples.all(copied))
                                .hasSize((int) copied.last().number());
                    }
                }
            } finally {
                isOver.set(true);
                appender.join();
            }
        }
        assertThat(failure).hasValue(null);
    }

    @Test
    void aDamagedRecordIsNotCopied() throws Exception {
        Path directory = parent.resolve("journal");
        try (Journal journal = Journal.create(directory, IDENTITY, BEGINNING, JournalOptions.defaults())) {
            Samples.appendAll(journal, Samples.records(BEGINNING, 5));
            Path segment = files(directory).get(0);
            byte[] bytes = Files.readAllBytes(segment);
            bytes[200] ^= 1;
            Files.write(segment, bytes);
            assertThatExceptionOfType(JournalException.class)
                    .isThrownBy(() -> journal.copyTo(copy()))
                    .matches(e -> e.kind() == Kind.DAMAGED);
        }
    }

    @Test
    void aJournalIsPutInPlaceWholeOrNotAtAll() throws Exception {
        List<JournalRecord> records = Samples.records(BEGINNING, 40);
        try (Journal journal = Journal.create(parent.resolve("journal"), IDENTITY, BEGINNING, SMALL)) {
            Samples.appendAll(journal, records);
            journal.copyTo(copy());
        }
        Path target = parent.resolve("target");
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> Journal.place(target, directory -> {
                    Files.copy(files(copy()).get(0), directory.resolve("half"));
                    throw new IllegalStateException("enough");
                }));
        assertThat(files(parent)).containsExactly(copy(), parent.resolve("journal"));

        Journal.Content whole = directory -> {
            assertThat(target).doesNotExist();
            for (Path file : files(copy())) {
                Files.copy(file, directory.resolve(file.getFileName()));
            }
        };
        Files.createDirectory(parent.resolve("target.tmp"));
        Files.writeString(parent.resolve("target.tmp").resolve("left"), "by a crash");
        Journal.place(target, whole);
        try (Journal journal = Journal.open(target, SMALL)) {
            assertThat(Samples.all(journal)).isEqualTo(records);
        }
        assertThatExceptionOfType(JournalException.class)
                .isThrownBy(() -> Journal.place(target, whole))
                .matches(e -> e.kind() == Kind.PERMANENT);
    }
}
