package dev.rowkeep.storage.duckdb.journal;

import static dev.rowkeep.storage.duckdb.journal.Samples.BEGINNING;
import static dev.rowkeep.storage.duckdb.journal.Samples.IDENTITY;
import static dev.rowkeep.storage.duckdb.journal.Samples.SMALL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rowkeep.storage.duckdb.journal.FailingDisk.Step;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A journal that is written anew says what it is to say, and is whole whatever happens meanwhile. */
final class RewritingTest {
    private static final int COUNT = 11;

    /** Those whose payloads change: one in the first segment, one in the third, and the newest. */
    private static final Set<Long> MEANT = Set.of(2L, 8L, 11L);

    @TempDir
    Path parent;

    private static byte[] rewritten(JournalRecord record) {
        return MEANT.contains(record.number()) && !isRewritten(record)
                ? ("instead of " + record.number() + ", and longer").getBytes(StandardCharsets.UTF_8)
                : record.payload();
    }

    private static boolean isRewritten(JournalRecord record) {
        return new String(record.payload(), StandardCharsets.UTF_8).startsWith("instead");
    }

    private static JournalRecord expected(JournalRecord record) {
        return new JournalRecord(record.number(), record.hashBefore(), record.hashAfter(), rewritten(record));
    }

    private Path directory() {
        return parent.resolve("journal");
    }

    @Test
    void recordsHaveOtherPayloadsUnderTheSameNumbersAndHashes() throws Exception {
        List<JournalRecord> records = Samples.write(directory(), SMALL, COUNT);
        List<JournalRecord> expected =
                records.stream().map(RewritingTest::expected).toList();
        Map<String, String> before = Samples.contents(directory());
        try (Journal journal = Journal.open(directory(), SMALL)) {
            journal.rewrite(RewritingTest::rewritten);
            assertThat(Samples.all(journal)).isEqualTo(expected);
            assertThat(journal.last()).isEqualTo(records.get(COUNT - 1).after());
            JournalRecord next = Samples.following(journal.last(), new byte[3]);
            journal.append(next);
            expected = new ArrayList<>(expected);
            expected.add(next);
            assertThat(Samples.all(journal)).isEqualTo(expected);
        }
        try (Journal journal = Journal.open(directory(), SMALL)) {
            assertThat(Samples.all(journal)).isEqualTo(expected);
        }
        Map<String, String> after = Samples.contents(directory());
        assertThat(after.keySet()).isEqualTo(before.keySet()).hasSize(4);
        assertThat(after.get("00000000000000000004.rkj")).isEqualTo(before.get("00000000000000000004.rkj"));
        assertThat(String.join("", after.values())).doesNotContain("payload 1").doesNotContain("payload 7");
    }

    @Test
    void oneSealedSegmentIsWrittenAnewAndNoOther() throws Exception {
        List<JournalRecord> records = Samples.write(directory(), SMALL, COUNT);
        Map<String, String> before = Samples.contents(directory());
        try (Journal journal = Journal.open(directory(), SMALL)) {
            assertThat(journal.rewriteSealed(journal.start(), RewritingTest::rewritten))
                    .isTrue();
            assertThat(Samples.all(journal))
                    .isEqualTo(records.stream()
                            .map(record -> record.number() == 2 ? expected(record) : record)
                            .toList());
        }
        Map<String, String> after = Samples.contents(directory());
        String first = after.keySet().iterator().next();
        assertThat(after.remove(first)).isNotEqualTo(before.remove(first));
        assertThat(after).isEqualTo(before);
    }

    @Test
    void theNewestSegmentIsNoSealedOne() throws Exception {
        Samples.write(directory(), SMALL, COUNT);
        try (Journal journal = Journal.open(directory(), SMALL)) {
            Journal.Place place = journal.start();
            int sealed = 0;
            for (; journal.sealedEnd(place).isPresent(); sealed++) {
                place = journal.sealedEnd(place).orElseThrow();
            }
            assertThat(sealed).isEqualTo(3);
            assertThat(place.number()).isLessThan(journal.last().number());
        }
    }

    /** Who gives space back, which can wait, keeps no writer waiting for a reader. */
    @Test
    void aSealedSegmentIsNotWrittenAnewWhileSomebodyReads() throws Exception {
        List<JournalRecord> records = Samples.write(directory(), SMALL, COUNT);
        FailingDisk disk = new FailingDisk();
        try (Journal journal = Journal.open(directory(), SMALL, disk)) {
            try (JournalReader reader = journal.read(0)) {
                assertThat(reader.next()).isNotNull();
                disk.takeSteps();
                assertThat(journal.rewriteSealed(journal.start(), RewritingTest::rewritten))
                        .isFalse();
                assertThat(disk.takeSteps()).isEmpty();
            }
            assertThat(Samples.all(journal)).isEqualTo(records);
        }
    }

    @Test
    void nothingIsWrittenWhereNothingChanges() throws Exception {
        Samples.write(directory(), SMALL, COUNT);
        FailingDisk disk = new FailingDisk();
        try (Journal journal = Journal.open(directory(), SMALL, disk)) {
            disk.takeSteps();
            journal.rewrite(JournalRecord::payload);
            assertThat(disk.takeSteps()).isEmpty();
        }
    }

    @Test
    void eachSegmentIsDurableBeforeItTakesThePlaceOfTheOldOne() throws Exception {
        Samples.write(directory(), SMALL, 2);
        FailingDisk disk = new FailingDisk();
        try (Journal journal = Journal.open(directory(), SMALL, disk)) {
            disk.takeSteps();
            journal.rewrite(RewritingTest::rewritten);
            assertThat(disk.takeSteps())
                    .containsExactly(
                            Step.DELETE,
                            Step.CREATE,
                            Step.WRITE,
                            Step.WRITE,
                            Step.SYNC,
                            Step.RENAME,
                            Step.SYNC_DIRECTORY,
                            Step.OPEN);
        }
    }

    /** Every step once: nothing is lost, what can be appended is durable, and the second attempt does it all. */
    @ParameterizedTest
    @EnumSource(
            value = Step.class,
            names = {"CREATE", "OPEN", "WRITE", "SYNC", "RENAME", "DELETE", "SYNC_DIRECTORY"})
    void isWholeAfterAnyFailureAndGoesOn(Step failing) throws Exception {
        for (int passes = 0; ; passes++) {
            Path directory = parent.resolve(failing + "-" + passes);
            List<JournalRecord> expected = new ArrayList<>(Samples.write(directory, SMALL, COUNT).stream()
                    .map(RewritingTest::expected)
                    .toList());
            FailingDisk disk = new FailingDisk();
            try (Journal journal = Journal.open(directory, SMALL, disk)) {
                disk.failOnce(EnumSet.of(failing), passes);
                if (!fails(journal)) {
                    assertThat(passes).isPositive();
                    return;
                }
                assertThat(Samples.all(journal))
                        .extracting(JournalRecord::number)
                        .hasSize(COUNT);
                journal.recover();
                journal.rewrite(RewritingTest::rewritten);
                JournalRecord next = Samples.following(journal.last(), new byte[3]);
                journal.append(next);
                expected.add(next);
                assertThat(Samples.all(journal)).isEqualTo(expected);
            }
            try (Journal journal = Journal.open(directory, SMALL)) {
                assertThat(Samples.all(journal)).isEqualTo(expected);
            }
        }
    }

    private static boolean fails(Journal journal) throws Exception {
        try {
            journal.rewrite(RewritingTest::rewritten);
            return false;
        } catch (JournalException e) {
            assertThat(e.kind()).isIn(JournalException.Kind.ROLLED_BACK, JournalException.Kind.UNKNOWN_OUTCOME);
            if (e.kind() == JournalException.Kind.UNKNOWN_OUTCOME) {
                assertThatExceptionOfType(JournalException.class)
                        .isThrownBy(() -> journal.append(Samples.following(journal.last(), new byte[3])))
                        .withMessageContaining("recover()");
                assertThatExceptionOfType(JournalException.class)
                        .isThrownBy(() -> journal.rewrite(RewritingTest::rewritten))
                        .withMessageContaining("recover()");
            }
            return true;
        }
    }

    /** Whose new name may be gone after a crash, is written once more, because a later sync says nothing of an earlier one that failed. */
    @Test
    void aSegmentWhoseNameWasNotMadeDurableIsWrittenAgain() throws Exception {
        Samples.write(directory(), SMALL, COUNT);
        FailingDisk disk = new FailingDisk();
        try (Journal journal = Journal.open(directory(), SMALL, disk)) {
            disk.failOnce(EnumSet.of(Step.SYNC_DIRECTORY), 0);
            assertThat(fails(journal)).isTrue();
            disk.takeSteps();
            journal.rewrite(RewritingTest::rewritten);
            assertThat(disk.takeSteps()).filteredOn(Step.RENAME::equals).hasSize(3);
        }
    }

    /** Whenever the power goes: each segment is as it was or as it is to be, and what is done again completes it. */
    @Test
    void everyLossOfPowerLeavesWholeSegments() throws Exception {
        Path live = Files.createDirectory(parent.resolve("live"));
        List<JournalRecord> records = Samples.records(BEGINNING, COUNT);
        int[] images = new int[1];
        boolean[] isRewriting = new boolean[1];
        PowerLossDisk disk = new PowerLossDisk(live, losses -> {
            if (isRewriting[0]) {
                for (Map<String, byte[]> loss : losses) {
                    checkLoss(loss, records);
                    images[0]++;
                }
            }
        });
        try (Journal journal = Journal.create(live.resolve("journal"), IDENTITY, BEGINNING, SMALL, disk)) {
            Samples.appendAll(journal, records);
            isRewriting[0] = true;
            journal.rewrite(RewritingTest::rewritten);
            isRewriting[0] = false;
        }
        assertThat(images[0]).isGreaterThan(100);
        Path worst = materialize(disk.worst());
        try (Journal journal = Journal.open(worst, SMALL)) {
            assertThat(Samples.all(journal))
                    .isEqualTo(records.stream().map(RewritingTest::expected).toList());
        }
    }

    private void checkLoss(Map<String, byte[]> loss, List<JournalRecord> records) throws IOException {
        Path directory = materialize(loss);
        try (Journal journal = Journal.open(directory, SMALL)) {
            List<JournalRecord> found = Samples.all(journal);
            assertThat(found).hasSize(COUNT);
            for (int i = 0; i < COUNT; i++) {
                JournalRecord record = records.get(i);
                assertThat(found.get(i)).isIn(record, expected(record));
            }
            journal.rewrite(RewritingTest::rewritten);
            assertThat(Samples.all(journal))
                    .isEqualTo(records.stream().map(RewritingTest::expected).toList());
            assertThat(Samples.names(directory)).noneMatch(name -> name.endsWith(Segment.TEMPORARY));
        }
        Samples.delete(directory.getParent());
    }

    private Path materialize(Map<String, byte[]> image) throws IOException {
        Path root = Files.createTempDirectory(parent, "loss");
        for (Map.Entry<String, byte[]> each : image.entrySet()) {
            Path file = root.resolve(each.getKey());
            Files.createDirectories(file.getParent());
            Files.write(file, each.getValue());
        }
        return root.resolve("journal");
    }

    @Test
    void itWaitsForReadersAndTheyForIt() throws Exception {
        Samples.write(directory(), SMALL, COUNT);
        try (Journal journal = Journal.open(directory(), SMALL)) {
            JournalReader reader = journal.read(0);
            Thread rewriting = new Thread(() -> rewrite(journal));
            rewriting.start();
            while (rewriting.getState() != Thread.State.WAITING && rewriting.isAlive()) {
                Thread.onSpinWait();
            }
            assertThat(rewriting.isAlive()).isTrue();
            for (JournalRecord record = reader.next(); record != null; record = reader.next()) {
                assertThat(isRewritten(record)).isFalse();
            }
            reader.close();
            rewriting.join();
            assertThat(Samples.all(journal))
                    .filteredOn(RewritingTest::isRewritten)
                    .hasSize(3);
        }
    }

    private static void rewrite(Journal journal) {
        try {
            journal.rewrite(RewritingTest::rewritten);
        } catch (JournalException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void damageIsNotWrittenAnew() throws Exception {
        Samples.write(directory(), SMALL, COUNT);
        Path first = directory().resolve("00000000000000000001.rkj");
        try (Journal journal = Journal.open(directory(), SMALL)) {
            byte[] bytes = Files.readAllBytes(first);
            bytes[SegmentFormat.HEADER_BYTES + SegmentFormat.PREFIX_BYTES + 2] ^= 1;
            Files.write(first, bytes);
            assertThatExceptionOfType(JournalException.class)
                    .isThrownBy(() -> journal.rewrite(RewritingTest::rewritten))
                    .matches(e -> e.kind() == JournalException.Kind.DAMAGED);
            assertThat(Files.readAllBytes(first)).isEqualTo(bytes);
        }
    }
}
