package dev.rowkeep.storage.duckdb.journal;

import static dev.rowkeep.storage.duckdb.journal.Samples.BEGINNING;
import static dev.rowkeep.storage.duckdb.journal.Samples.IDENTITY;
import static dev.rowkeep.storage.duckdb.journal.Samples.SMALL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rowkeep.storage.duckdb.journal.JournalException.Kind;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 1, unit = TimeUnit.MINUTES)
final class ReadingTest {
    private static final int APPENDS = 300;

    @TempDir
    Path parent;

    @Test
    void readerGivesWhatWasDurableWhenItWasOpened() throws Exception {
        List<JournalRecord> records = Samples.records(BEGINNING, 8);
        try (Journal journal = Journal.create(parent.resolve("journal"), IDENTITY, BEGINNING, SMALL)) {
            Samples.appendAll(journal, records.subList(0, 5));
            try (JournalReader reader = journal.read(1)) {
                Samples.appendAll(journal, records.subList(5, 8));
                for (JournalRecord expected : records.subList(1, 5)) {
                    assertThat(reader.next()).isEqualTo(expected);
                }
                assertThat(reader.next()).isNull();
            }
        }
    }

    @Test
    void readersReadWhileRecordsAreAppendedAndDropped() throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(2);
        List<JournalRecord> records = Samples.records(BEGINNING, APPENDS);
        try (Journal journal = Journal.create(parent.resolve("journal"), IDENTITY, BEGINNING, SMALL)) {
            Callable<Integer> reading = () -> readUntilTheEnd(journal, records);
            List<Future<Integer>> readers = List.of(executor.submit(reading), executor.submit(reading));
            for (JournalRecord record : records) {
                journal.append(record);
                journal.dropThrough(record.number() - 50);
            }
            for (Future<Integer> reader : readers) {
                assertThat(reader.get()).isPositive();
            }
        } finally {
            executor.shutdownNow();
        }
    }

    /** Reads again and again until the last record was there, and counts the times that nothing was dropped meanwhile. */
    private static int readUntilTheEnd(Journal journal, List<JournalRecord> records) throws JournalException {
        int complete = 0;
        long seen = 0;
        while (seen < APPENDS || complete == 0) {
            long durable = journal.last().number();
            long start = journal.start().number();
            try {
                List<JournalRecord> read = Samples.after(journal, start);
                seen = start + read.size();
                assertThat(seen).isGreaterThanOrEqualTo(durable);
                assertThat(read).isEqualTo(records.subList((int) start, (int) seen));
                complete++;
            } catch (JournalException e) {
                assertThat(e.kind()).as(e.getMessage()).isEqualTo(Kind.PERMANENT);
            }
        }
        return complete;
    }

    @Test
    void whatIsNotThereCannotBeReadAfter() throws Exception {
        try (Journal journal = Journal.create(parent.resolve("journal"), IDENTITY, BEGINNING, SMALL)) {
            Samples.appendAll(journal, Samples.records(BEGINNING, 5));
            journal.dropThrough(3);
            assertThatIllegalArgumentException().isThrownBy(() -> journal.read(-1));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> journal.read(6))
                    .withMessageContaining("the last one is 5");
            assertThatExceptionOfType(JournalException.class)
                    .isThrownBy(() -> journal.read(2))
                    .withMessageContaining("begins after record 3")
                    .returns(Kind.PERMANENT, JournalException::kind);
            assertThat(Samples.after(journal, 5)).isEmpty();
        }
    }

    @Test
    void segmentDroppedUnderAReaderIsSaidToBeGone() throws Exception {
        List<JournalRecord> records = Samples.records(BEGINNING, 7);
        try (Journal journal = Journal.create(parent.resolve("journal"), IDENTITY, BEGINNING, SMALL)) {
            Samples.appendAll(journal, records);
            try (JournalReader reader = journal.read(0)) {
                journal.dropThrough(6);
                for (JournalRecord expected : records.subList(0, 3)) {
                    assertThat(reader.next()).isEqualTo(expected);
                }
                assertThatExceptionOfType(JournalException.class)
                        .isThrownBy(reader::next)
                        .withMessageContaining("dropped")
                        .returns(Kind.PERMANENT, JournalException::kind);
            }
        }
    }
}
