package dev.rowkeep.storage.tck;

import static dev.rowkeep.storage.tck.Stores.COUNTERS;
import static dev.rowkeep.storage.tck.Stores.ITEMS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowkeep.spi.BackupFiles;
import dev.rowkeep.spi.RestoreTarget;
import dev.rowkeep.spi.Storage;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.spi.StorageProvider.Access;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Copies of a storage's files, and what they are restored to. Of a storage without files, all of it is skipped. */
abstract class BackupContract extends ContractTests {
    private Path folder;
    private Path elsewhere;

    BackupContract(StorageFixture fixture) {
        super(fixture, ITEMS, COUNTERS);
    }

    @BeforeEach
    final void fill() {
        folder = Bench.newDirectory();
        elsewhere = Bench.newDirectory();
        Assumptions.assumeTrue(storage().backupSource().isPresent(), "The storage has no files");
        commit(draft -> draft.put(ITEMS, "a", "anvil", "A", 1L).put(COUNTERS, 1L, 1L));
        commit(draft -> draft.put(ITEMS, "a", "anvil", "B", 2L).put(ITEMS, "b", "bolt", null, null));
        commit(draft -> draft.delete(ITEMS, "b").request("r1", 7));
    }

    @AfterEach
    final void removeFolders() {
        Bench.remove(folder);
        Bench.remove(elsewhere);
    }

    private StorageProvider copy() {
        return storage().backupSource().orElseThrow().copyTo(folder);
    }

    private RestoreTarget target() {
        return fixture().provider(elsewhere).restoreTarget().orElseThrow();
    }

    private static List<String> held(StorageProvider provider) {
        try (Storage opened = provider.open(Access.READ_ONLY)) {
            return Transcript.of(opened);
        }
    }

    /** All files with their bytes. */
    private static Map<String, String> contents(Path where) {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(where)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                contents.put(
                        where.relativize(path).toString(),
                        java.util.HexFormat.of().formatHex(Files.readAllBytes(path)));
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return contents;
    }

    /** The files of a copy, as core gives them. */
    private record Plain(Path folder, List<String> names) implements BackupFiles {
        @Override
        public void copyTo(String name, Path target) throws IOException {
            Files.copy(folder.resolve(name), target);
        }
    }

    private Plain files() {
        return new Plain(folder, List.copyOf(contents(folder).keySet()));
    }

    @Test
    void aCopyHoldsAllThatTheStorageHolds() {
        List<String> expected = Transcript.of(storage());
        StorageProvider copy = copy();
        commit(draft -> draft.put(COUNTERS, 1L, 2L));
        assertThat(held(copy)).isEqualTo(expected);
    }

    @Test
    void openingACopyForReadingLeavesItsFilesAsTheyAre() {
        StorageProvider copy = copy();
        Map<String, String> before = contents(folder);
        assertThat(before.keySet()).allMatch(name -> name.matches("[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*"));
        held(copy);
        held(copy);
        assertThat(contents(folder)).containsAllEntriesOf(before);
    }

    @Test
    void aCopyIsAsOfOneCommitWhileCommitsGoOn() throws IOException {
        AtomicBoolean isOver = new AtomicBoolean();
        AtomicLong acknowledged = new AtomicLong();
        commit(draft -> draft.put(COUNTERS, 1L, 0L).put(COUNTERS, 2L, 0L));
        try (Crew crew = new Crew()) {
            crew.start(() -> {
                for (long i = 1; !isOver.get(); i++) {
                    long value = i;
                    commit(draft -> draft.put(COUNTERS, 1L, value).put(COUNTERS, 2L, value));
                    acknowledged.set(value);
                }
            });
            try {
                for (int round = 0; round < 3; round++) {
                    long least = acknowledged.get();
                    try (Storage copied = copy().open(Access.READ_ONLY)) {
                        Object first = present(copied.read(COUNTERS, 1L)).cells()[0];
                        assertThat(copied.readAll(COUNTERS, List.of(1L, 2L)))
                                .allMatch(image -> first.equals(image.cells()[0]));
                        assertThat((Long) first).isGreaterThanOrEqualTo(least);
                        assertThat(copied.head().sequence()).isEqualTo(4 + (Long) first);
                        assertThat(copied.commitsAfter(3 + (Long) first, 9)).hasSize(1);
                        assertThat(copied.check()).isEmpty();
                    }
                    Bench.remove(folder);
                    Files.createDirectory(folder);
                }
            } finally {
                isOver.set(true);
            }
        }
        assertThat(acknowledged).as("commits that went on").hasPositiveValue();
    }

    @Test
    void aStorageThatIsOpenForReadingIsCopied() {
        List<String> expected = Transcript.of(storage());
        bench().reopen(Access.READ_ONLY);
        assertThat(held(copy())).isEqualTo(expected);
    }

    @Test
    void anInterruptedThreadCopiesAndRestores() {
        List<String> expected = Transcript.of(storage());
        Thread.currentThread().interrupt();
        boolean isInterrupted;
        StorageProvider copy;
        try {
            copy = copy();
            target().restore(files());
        } finally {
            isInterrupted = Thread.interrupted();
        }
        assertThat(isInterrupted).isTrue();
        assertThat(held(copy)).isEqualTo(expected);
        assertThat(held(fixture().provider(elsewhere))).isEqualTo(expected);
    }

    @Test
    void whatIsRestoredHoldsAllThatWasCopiedAndGoesOn() {
        List<String> expected = Transcript.of(storage());
        copy();
        assertThat(target().storage()).isEqualTo(storage().capabilities().name());
        target().restore(files());
        assertThat(held(fixture().provider(elsewhere))).isEqualTo(expected);
        bench().closeStorage();
        try (Storage restored = fixture().provider(elsewhere).open(Access.READ_WRITE)) {
            Bench.commit(restored, List.of(), draft -> {
                assertThat(Transcript.of(draft.view().request("r1"))).startsWith("request \"r1\" at 7 on 2");
                draft.put(ITEMS, "b", "bolt", null, null);
            });
            assertThat(present(restored.read(ITEMS, "b")).version()).isEqualTo(3);
            assertThat(restored.check()).isEmpty();
        }
    }

    @Test
    void restoringOverwritesNothing() {
        copy();
        target().restore(files());
        List<String> expected = held(fixture().provider(elsewhere));
        Map<String, String> before = contents(elsewhere);
        assertThatThrownBy(() -> target().restore(files())).isInstanceOf(StorageException.class);
        assertThat(contents(elsewhere)).isEqualTo(before);
        try (Storage opened = fixture().provider(elsewhere).open(Access.READ_WRITE)) {
            assertThatThrownBy(() -> target().restore(files())).isInstanceOf(StorageException.class);
            assertThat(Transcript.of(opened)).isEqualTo(expected);
        }
    }

    @Test
    void restoringThatFailsLeavesNothingAndMayBeTriedAgain() {
        copy();
        Plain whole = files();
        List<String> names = List.copyOf(whole.names());
        BackupFiles failing = new BackupFiles() {
            @Override
            public List<String> names() {
                return names;
            }

            @Override
            public void copyTo(String name, Path target) throws IOException {
                whole.copyTo(name, target);
                throw new IllegalStateException("damaged");
            }
        };
        assertThatThrownBy(() -> target().restore(failing)).hasMessage("damaged");
        assertThat(contents(elsewhere).keySet()).allMatch(name -> name.endsWith(".lock"));
        assertThatThrownBy(() -> fixture().provider(elsewhere).open(Access.READ_ONLY))
                .isInstanceOf(StorageException.class);
        target().restore(whole);
        assertThat(held(fixture().provider(elsewhere))).isEqualTo(Transcript.of(storage()));
    }
}
