package dev.rowkeep.storage.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.Change;
import dev.rowkeep.commit.Commit;
import dev.rowkeep.error.ReentrantCallException;
import dev.rowkeep.log.ExportedLog;
import dev.rowkeep.log.LogExport;
import dev.rowkeep.log.LogFilter;
import dev.rowkeep.query.ExportException;
import dev.rowkeep.schema.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The log as a file for auditors: whole, line by line, and nothing of it when it fails. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
public abstract class AuditExportScenarios extends AuditRehearsal {
    @TempDir
    Path folder;

    private LogExport export;

    /** For the fixture's author. */
    @SuppressWarnings("NullAway.Init")
    protected AuditExportScenarios() {}

    @BeforeEach
    void chooseFolder() {
        export = keep.log().exportTo(folder);
    }

    @Test
    void everyValueComesBackAsItWas() throws IOException {
        long seed = Long.getLong("rowkeep.seed", System.nanoTime());
        System.out.println("everyValueComesBackAsItWas: rowkeep.seed=" + seed);
        for (int i = 0; i < HOSTILE.size(); i++) {
            kinds.as(session("ana")).insert(everywhere("hostile \"" + i + "\u2028", HOSTILE.get(i)));
        }
        writeAtRandom(new Random(seed), 40);

        ExportedLog file = export.write("audit.jsonl");

        List<Commit> log = keep.log().read(keep.log().start(), 1_000);
        assertThat(lines(file)).isEqualTo(expected(log, change -> true));
        assertThat(file.path()).isEqualTo(folder.toRealPath().resolve("audit.jsonl"));
        assertThat(file.commits()).isEqualTo(log.size());
        assertThat(file.changes())
                .isEqualTo(log.stream().mapToLong(it -> it.changes().size()).sum());
        assertThat(file.bytes()).isEqualTo(Files.size(file.path()));
        assertThat(file.first()).contains(log.get(0).position());
        assertThat(file.last()).contains(log.get(log.size() - 1).position());
        assertThat(file.upTo()).isEqualTo(keep.log().head());
        assertOnlyFiles("audit.jsonl");
    }

    @Test
    void aFilteredExportSaysWhatOfACommitItHolds() throws IOException {
        writeAtRandom(new Random(7), 20);
        List<Commit> log = keep.log().read(keep.log().start(), 1_000);

        ExportedLog file = export.filter(LogFilter.of(COUNTERS)).write("counters.jsonl");

        List<Json> expected = expected(log, change -> change.store().equals("counters"));
        assertThat(expected).isNotEmpty();
        assertThat(lines(file)).isEqualTo(expected);
        ExportedLog none =
                export.filter(LogFilter.everything().author("nobody")).write("none.jsonl");
        assertThat(lines(none)).isEmpty();
        assertThat(none.first()).isEmpty();
        assertThat(none.last()).isEmpty();
        assertThat(none.commits()).isZero();
        assertThat(none.upTo()).isEqualTo(keep.log().head());
    }

    @Test
    void exportsGoOnWhereTheLastOneEnded() throws IOException {
        writeAtRandom(new Random(8), 10);
        ExportedLog first = export.write("1.jsonl");
        writeAtRandom(new Random(9), 10);
        ExportedLog second = export.after(first.upTo()).write("2.jsonl");

        String whole = Files.readString(export.write("whole.jsonl").path());
        assertThat(Files.readString(first.path()) + Files.readString(second.path()))
                .isEqualTo(whole);
        assertThat(Files.readString(
                        export.upTo(first.upTo()).write("again.jsonl").path()))
                .isEqualTo(Files.readString(first.path()));
        assertThat(lines(export.after(second.upTo()).write("empty.jsonl"))).isEmpty();
    }

    @Test
    void theLibrarysOwnStoresAreLeftOutUnlessAskedFor() throws IOException {
        set(session("ana"), 1, 1);
        session("ana").leases().acquire("nightly", Duration.ofMinutes(1));
        set(session("ana"), 1, 2);
        session("ana").undo().orThrow();

        assertThat(stores(export)).containsExactly("counters", "counters", "counters");
        assertThat(stores(export.filter(LogFilter.everything().author("ana"))))
                .containsExactly("counters", "counters", "counters");
        assertThat(stores(export.withOwnStores()))
                .containsExactlyInAnyOrder("counters", "rowkeep_leases", "counters", "counters", "rowkeep_undone");
    }

    private static List<String> stores(LogExport export) throws IOException {
        return lines(export.write("stores.jsonl")).stream()
                .map(line -> line.text().replaceFirst("^.*\"store\":\"(\\w+)\".*$", "$1"))
                .toList();
    }

    @Test
    void nothingOfAFileIsThereWhenItFails() throws IOException {
        writeAtRandom(new Random(10), 30);
        Files.writeString(folder.resolve("audit.jsonl"), "before");
        IllegalStateException broken = new IllegalStateException("the log cannot be read");

        storage.beforeLogReads(after -> {
            if (after > 0) {
                throw broken;
            }
        });
        assertThatIllegalStateException()
                .isThrownBy(() -> export.write("audit.jsonl"))
                .isSameAs(broken);
        storage.beforeLogReads(after -> Thread.currentThread().interrupt());
        assertThatExceptionOfType(ExportException.class)
                .isThrownBy(() -> export.write("audit.jsonl"))
                .withMessageContaining("interrupted")
                .withCauseInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isTrue();
        storage.beforeLogReads(after -> {});
        assertThatExceptionOfType(ReentrantCallException.class)
                .isThrownBy(
                        () -> export.onProgress(progress -> counters.get(1L)).write("audit.jsonl"));

        assertThat(Files.readString(folder.resolve("audit.jsonl"))).isEqualTo("before");
        assertOnlyFiles("audit.jsonl");
        assertThat(export.write("audit.jsonl").changes()).isPositive();
        assertOnlyFiles("audit.jsonl");
    }

    @Test
    void progressReachesItsEnd() {
        writeAtRandom(new Random(11), 30);
        List<LogExport.Progress> told = new ArrayList<>();

        ExportedLog file = export.onProgress(told::add).write("audit.jsonl");

        long head = keep.log().head().sequence();
        assertThat(told).hasSizeGreaterThan(1).allMatch(progress -> progress.toRead() == head);
        assertThat(told).extracting(LogExport.Progress::read).isSorted().last().isEqualTo(head);
        assertThat(told.get(told.size() - 1).changes()).isEqualTo(file.changes());
    }

    @Test
    void aHandleForReadingOnlyExportsToo() throws IOException {
        writeAtRandom(new Random(12), 5);
        String written = Files.readString(export.write("audit.jsonl").path());
        keep.close();
        keep = RowKeep.openReadOnly(storage, options());

        ExportedLog file = keep.log().exportTo(folder).write("again.jsonl");

        assertThat(Files.readString(file.path())).isEqualTo(written);
    }

    @Test
    void namesThatAreNotOfAFileBelowTheFolderAreRefused() throws IOException {
        for (String name : List.of("../out.jsonl", "out.json", "out.csv", "missing/out.jsonl", "a\n.jsonl", "")) {
            assertThatIllegalArgumentException()
                    .as(name)
                    .isThrownBy(() -> export.write(name))
                    .withMessageStartingWith("Cannot export to ");
        }
        assertThatIllegalArgumentException().isThrownBy(() -> keep.log().exportTo(folder.resolve("nowhere")));
        assertThat(folder).isEmptyDirectory();
    }

    private static List<Json> expected(List<Commit> log, Predicate<Change> wanted) {
        AuditLine line = new AuditLine(KINDS, COUNTERS);
        List<Json> lines = new ArrayList<>();
        for (Commit commit : log) {
            for (int i = 0; i < commit.changes().size(); i++) {
                if (wanted.test(commit.changes().get(i))) {
                    lines.add(line.of(commit, commit.changes().get(i), i + 1));
                }
            }
        }
        return lines;
    }

    /** The lines, each of which is one to every reader, whatever it takes for a line's end. */
    private static List<Json> lines(ExportedLog file) throws IOException {
        String text = Files.readString(file.path());
        assertThat(text.chars().filter(c -> c != '\n'))
                .noneMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029);
        assertThat(text.isEmpty() || text.endsWith("}\n")).isTrue();
        return text.lines().map(Json::parse).toList();
    }

    private void assertOnlyFiles(String... names) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(Path::getFileName).map(Path::toString)).containsExactlyInAnyOrder(names);
        }
    }
}
