package dev.rowkeep.evidence.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileNotebookTest {
    private static final long KILLED = 900;
    private static final Operation READ = new Operation("get", 1, 2, List.of(new Access("left/k1", 7, 70)), List.of());
    private static final Operation MAYBE =
            new Operation("insert", 3, Operation.NEVER, List.of(), List.of(new Access("left/k1", Access.UNTOLD, 80)));
    private static final Operation DONE =
            new Operation("insert", 3, 4, List.of(), List.of(new Access("left/k1", 8, 80)));

    private static final Operation TRANSACTION = new Operation(
            "transaction",
            3,
            4,
            List.of(),
            List.of(new Access("left/k1", 8, 80)),
            List.of(new GroupQuery("left", 3, List.of(new Access("left/k2", 5, 51)), Set.of("left/k1", "left/k3"))),
            17);

    @TempDir
    Path directory;

    private Path file;
    private FileNotebook notebook;

    @BeforeEach
    void create() {
        file = directory.resolve("notebook");
        notebook = FileNotebook.create(file);
    }

    @Test
    void whatWasNotedTakesThePlaceOfWhatBegan() throws Exception {
        notebook.note(READ);
        notebook.begin(MAYBE);
        notebook.note(DONE);
        assertThat(FileNotebook.read(file, KILLED)).containsExactly(READ, DONE);
    }

    @Test
    void queriesOfATransactionAndItsPlaceAreKept() throws Exception {
        notebook.begin(MAYBE);
        notebook.note(TRANSACTION);
        notebook.end();
        notebook.note(READ);
        assertThat(FileNotebook.read(file, KILLED)).containsExactly(TRANSACTION, READ);
    }

    @Test
    void callThatWasCutOffMayHaveTakenEffectUpToTheKill() throws Exception {
        notebook.note(READ);
        notebook.begin(MAYBE);
        assertThat(FileNotebook.read(file, KILLED)).containsExactly(READ, MAYBE.settledBy(KILLED));
    }

    @Test
    void callThatEndedWithoutANoteHadNoEffect() throws Exception {
        notebook.begin(MAYBE);
        notebook.end();
        notebook.note(READ);
        assertThat(FileNotebook.read(file, KILLED)).containsExactly(READ);
    }

    @Test
    void entryThatTheKillCutIsAsIfItHadNotBegun() throws Exception {
        notebook.begin(MAYBE);
        notebook.note(DONE);
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 5));
        assertThat(FileNotebook.read(file, KILLED)).containsExactly(MAYBE.settledBy(KILLED));
    }
}
