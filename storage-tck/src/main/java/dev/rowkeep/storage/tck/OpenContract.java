package dev.rowkeep.storage.tck;

import static dev.rowkeep.spi.StorageException.Kind.BUSY;
import static dev.rowkeep.spi.StorageException.Kind.PERMANENT;
import static dev.rowkeep.storage.tck.Stores.COUNTERS;
import static dev.rowkeep.storage.tck.Stores.ITEMS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowkeep.query.Condition;
import dev.rowkeep.spi.Capabilities;
import dev.rowkeep.spi.ChangeStamps;
import dev.rowkeep.spi.Head;
import dev.rowkeep.spi.Storage;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.spi.StorageProvider.Access;
import dev.rowkeep.storage.tck.StorageFixture.SecondOpen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Opening, closing and what stays. */
abstract class OpenContract extends ContractTests {
    OpenContract(StorageFixture fixture) {
        super(fixture);
    }

    private void fill() {
        storage().install(ITEMS);
        storage().install(COUNTERS);
        commit(draft -> draft.put(ITEMS, "a", "anvil", "A", 1L).put(ITEMS, "b", "bolt", null, null));
        commit(draft -> draft.put(COUNTERS, -1L, 5L).delete(ITEMS, "b").next().put(ITEMS, "a", null, "B", 2L));
    }

    @Test
    void aNewStorageIsEmpty() {
        assertThat(Transcript.of(storage().head())).isEqualTo(Transcript.of(Head.empty()));
        assertThat(storage().layouts()).isEmpty();
        assertThat(storage().commitsAfter(0, 10)).isEmpty();
        assertThat(storage().check()).isEmpty();
    }

    @Test
    void itsFolderIsTheSameWheneverItIsOpenedAndNoOtherStorages() {
        Optional<Path> folder = storage().attachments();
        folder.ifPresent(path -> assertThat(path.getParent()).isDirectory());
        bench().reopen();
        assertThat(storage().attachments()).isEqualTo(folder);
        bench().reopen(Access.READ_ONLY);
        assertThat(storage().attachments()).isEqualTo(folder);
        try (Bench other = new Bench(fixture())) {
            assertThat(other.storage().attachments().isPresent()).isEqualTo(folder.isPresent());
            folder.ifPresent(path ->
                    assertThat(other.storage().attachments()).isPresent().get().isNotEqualTo(path));
        }
    }

    @Test
    void capabilitiesAreNamedAndBounded() {
        Capabilities capabilities = storage().capabilities();
        assertThat(capabilities.name()).isNotBlank();
        assertThat(capabilities.maxKeysPerRead()).isPositive();
        bench().reopen();
        assertThat(storage().capabilities()).isEqualTo(capabilities);
    }

    @Test
    void stampsAreThereWhereOtherProcessesMayWriteAndStayCurrentWhileNoneDoes() {
        fill();
        Optional<ChangeStamps> stamps = storage().stamps(COUNTERS);
        boolean isShared = storage().capabilities().sharing() == Capabilities.Sharing.SEVERAL_PROCESSES;
        assertThat(stamps.isPresent()).isEqualTo(isShared);
        stamps.ifPresent(given -> {
            long stamp = given.stamp(-1L);
            assertThat(stamp).isNotEqualTo(ChangeStamps.UNSETTLED);
            assertThat(given.isCurrent(-1L, stamp)).isTrue();
            commit(draft -> draft.put(COUNTERS, -1L, 7L));
            long committed = given.committedStamp(-1L);
            assertThat(committed == ChangeStamps.UNSETTLED || given.isCurrent(-1L, committed))
                    .isTrue();
            assertThat(given.stamp(-1L))
                    .as("settled once the commit has returned")
                    .isNotEqualTo(ChangeStamps.UNSETTLED);
        });
    }

    @Test
    void everyStorageHasAnIncarnationOfItsOwn() {
        UUID mine = storage().incarnation();
        try (Bench other = new Bench(fixture())) {
            assertThat(other.storage().incarnation()).isNotEqualTo(mine);
        }
        assertThat(storage().incarnation()).isEqualTo(mine);
    }

    @Test
    void aStorageIsCreatedWithTheIncarnationThatItIsGivenAndKeepsIt() {
        Path directory = Bench.newDirectory();
        try {
            UUID given = UUID.randomUUID();
            StorageProvider provider = fixture().provider(directory);
            Storage created = provider.openAs(given);
            assertThat(created.incarnation()).isEqualTo(given);
            created.install(COUNTERS);
            created.close();
            boolean isDurable = created.capabilities().durability() == Capabilities.Durability.DURABLE;
            StorageProvider again = isDurable ? fixture().provider(directory) : provider;
            Storage opened = again.openAs(UUID.randomUUID());
            assertThat(opened.incarnation()).isEqualTo(given);
            assertThat(opened.layouts()).containsExactly(COUNTERS);
            opened.close();
        } finally {
            Bench.remove(directory);
        }
    }

    @Test
    void reopeningGivesEverythingBack() {
        fill();
        for (int i = 0; i < 3; i++) {
            assertUnchanged(() -> bench().reopen());
        }
    }

    @Test
    void anEmptyStorageIsReopened() {
        assertUnchanged(() -> bench().reopen());
        fill();
        assertUnchanged(() -> bench().reopen());
    }

    @Test
    void everyAcknowledgedCommitIsThereAfterReopening() {
        fill();
        for (int i = 0; i < 20; i++) {
            long round = i;
            if (round % 5 == 4) {
                commit(draft -> draft.delete(COUNTERS, 1L));
            } else {
                commit(draft -> draft.put(COUNTERS, 1L, round).put(COUNTERS, 100 + round, round));
            }
            assertUnchanged(() -> bench().reopen());
        }
        assertThat(storage().head().sequence()).isEqualTo(23);
    }

    @Test
    void anInstalledLayoutIsThereAfterReopening() {
        storage().install(ITEMS);
        bench().reopen();
        assertThat(storage().layouts()).containsExactly(ITEMS);
        storage().install(COUNTERS);
        bench().reopen();
        assertThat(storage().layouts()).containsExactlyInAnyOrder(ITEMS, COUNTERS);
    }

    @Test
    void readOnlyReadsAndRefusesToWrite() {
        fill();
        List<String> before = Transcript.of(storage());
        bench().reopen(Access.READ_ONLY);
        assertThat(Transcript.of(storage())).isEqualTo(before);
        assertUnchanged(() -> {
            assertFailsAs(PERMANENT, () -> commit(draft -> draft.put(COUNTERS, 1L, 1L)));
            assertFailsAs(PERMANENT, () -> commit(draft -> draft.put(ITEMS, "a", null, null, null)));
            assertFailsAs(PERMANENT, () -> storage().install(Stores.layout(9, "more", Stores.ID, List.of())));
        });
        bench().reopen();
        assertThat(Transcript.of(storage())).isEqualTo(before);
        assertHolds(commit(draft -> draft.put(COUNTERS, 1L, 1L)));
    }

    @Test
    void readOnlyDoesNotMakeAStorage() throws IOException {
        Path directory = Bench.newDirectory();
        try {
            StorageProvider provider = fixture().provider(directory);
            assertThatThrownBy(() -> provider.open(Access.READ_ONLY).close())
                    .isInstanceOf(StorageException.class)
                    .hasMessageMatching("(?s).{10,}");
            assertThat(files(directory)).isEmpty();
            Storage created = fixture().provider(directory).open(Access.READ_WRITE);
            assertThat(created.head().sequence()).isZero();
            created.close();
        } finally {
            Bench.remove(directory);
        }
    }

    /** What was there stays as it was; a file to lock by may be added, once. */
    @Test
    void aFailedOpenLeavesTheFilesAsTheyWere() throws IOException {
        Path directory = Bench.newDirectory();
        try {
            Optional<StorageProvider> made = fixture().unopenable(directory);
            Assumptions.assumeTrue(made.isPresent(), "The fixture has no storage that cannot be opened");
            StorageProvider unopenable = made.get();
            Map<String, Integer> before = files(directory);
            assertFailsAs(PERMANENT, () -> unopenable.open(Access.READ_WRITE).close());
            Map<String, Integer> after = files(directory);
            assertThat(after).containsAllEntriesOf(before).hasSizeLessThanOrEqualTo(before.size() + 1);
            for (Access access : Access.values()) {
                assertFailsAs(PERMANENT, () -> unopenable.open(access).close());
                assertThat(files(directory)).containsAllEntriesOf(before).containsOnlyKeys(after.keySet());
            }
        } finally {
            Bench.remove(directory);
        }
    }

    @Test
    void aSecondOpenIsRefused() {
        Assumptions.assumeTrue(fixture().secondOpen() == SecondOpen.REFUSED, "The storage is shared");
        fill();
        assertUnchanged(() -> {
            assertFailsAs(BUSY, () -> bench().provider().open(Access.READ_WRITE).close());
            assertFailsAs(BUSY, () -> bench().provider().open(Access.READ_WRITE).close());
        });
        assertHolds(commit(draft -> draft.put(COUNTERS, 1L, 1L)));
        assertUnchanged(() -> bench().reopen());
    }

    @Test
    void aSecondOpenSharesTheContent() {
        Assumptions.assumeTrue(fixture().secondOpen() == SecondOpen.SHARED, "The storage is not shared");
        fill();
        Storage second = bench().provider().open(Access.READ_WRITE);
        assertThat(Transcript.of(second)).isEqualTo(Transcript.of(storage()));
        for (long i = 1; i <= 20; i++) {
            long round = i;
            Storage writer = round % 2 == 0 ? storage() : second;
            Bench.commit(writer, List.of(), draft -> draft.put(COUNTERS, 1L, round));
            assertThat(Transcript.of(second)).isEqualTo(Transcript.of(storage()));
        }
        second.close();
        assertThat(storage().count(COUNTERS, Condition.everything())).isEqualTo(2);
    }

    @Test
    void closingReleasesTheStorage() {
        fill();
        for (int i = 0; i < 50; i++) {
            bench().reopen();
        }
        assertThat(storage().head().sequence()).isEqualTo(3);
    }

    @Test
    void closingLeavesAnAbandonedScanHarmless() {
        fill();
        storage().scan(ITEMS, Transcript.everything(ITEMS)).close();
        bench().reopen();
        assertHolds(commit(draft -> draft.put(COUNTERS, 1L, 1L)));
    }

    @Test
    void recoveryGivesTheHeadAndLosesNothing() {
        fill();
        assertUnchanged(() -> assertThat(Transcript.of(storage().recover()))
                .isEqualTo(Transcript.of(storage().head())));
        assertHolds(commit(draft -> draft.put(COUNTERS, 1L, 1L)));
        assertThat(Transcript.of(storage().recover()))
                .isEqualTo(Transcript.of(storage().head()));
        assertUnchanged(() -> bench().reopen());
    }

    @Test
    void recoveryOfAnEmptyStorageGivesAnEmptyHead() {
        assertThat(Transcript.of(storage().recover())).isEqualTo(Transcript.of(Head.empty()));
    }

    /** Each file below {@code directory} with a hash of its content. */
    private static Map<String, Integer> files(Path directory) throws IOException {
        Map<String, Integer> found = new TreeMap<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                found.put(directory.relativize(file).toString(), Arrays.hashCode(Files.readAllBytes(file)));
            }
        }
        return found;
    }
}
