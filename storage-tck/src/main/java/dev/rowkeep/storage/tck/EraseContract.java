package dev.rowkeep.storage.tck;

import static dev.rowkeep.storage.tck.Stores.COUNTERS;
import static dev.rowkeep.storage.tck.Stores.ITEMS;
import static dev.rowkeep.storage.tck.Stores.PEOPLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rowkeep.spi.ErasedRecords;
import dev.rowkeep.spi.LoggedChange;
import dev.rowkeep.spi.LoggedCommit;
import dev.rowkeep.spi.LoggedVersion;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StorageProvider.Access;
import dev.rowkeep.spi.StoreLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Changes of some records that are replaced by what is to be kept of them. Of a storage that cannot erase, all of it is skipped. */
abstract class EraseContract extends ContractTests {
    private static final int DEPTH = 60;
    private static final int LIMIT = 37;
    private static final int MANY = 12_000;
    private static final int RACES = 25;
    private static final byte[] SEAL = {'s', 'e', 'a', 'l', 'e', 'd'};
    private static final int LONG_SEAL = 5_000;

    private List<LoggedCommit> log;
    private List<String> records;

    @SuppressWarnings("NullAway.Init")
    EraseContract(StorageFixture fixture) {
        super(fixture, ITEMS, COUNTERS, PEOPLE);
    }

    /** The people "a" and "b" and the item "a" change in each commit, or in some; "b" is deleted now and then. */
    @BeforeEach
    final void fill() {
        Assumptions.assumeTrue(canErase(), "The storage cannot erase");
        commit(draft -> {
            for (long number = 1; number <= DEPTH; number++) {
                draft.put(PEOPLE, "a", "name " + number, "code " + number, number)
                        .put(COUNTERS, number % 3, number);
                if (number % 7 == 0) {
                    draft.delete(PEOPLE, "b");
                } else if (number % 2 == 0) {
                    draft.put(PEOPLE, "b", "other " + number, null, number);
                }
                draft.put(ITEMS, "a", "item " + number, null, number).next();
            }
        });
        log = storage().commitsAfter(0, Integer.MAX_VALUE);
        records = records();
    }

    private boolean canErase() {
        try {
            storage().erase(List.of());
            return true;
        } catch (UnsupportedOperationException e) {
            return false;
        }
    }

    private static ErasedRecords of(StoreLayout layout, long through, Object... keys) {
        return new ErasedRecords(layout, Set.of(keys), through, EraseContract::sealed);
    }

    /** As core's does, this leaves what is sealed as it is. Some changes become shorter, some longer. */
    private static LoggedChange sealed(LoggedChange change) {
        byte[] image = change.image();
        return change.withContents(
                sealed(change.delta(), change.version()), image == null ? null : sealed(image, change.version()));
    }

    private static byte[] sealed(byte[] content, long version) {
        return isSealed(content) ? content : Arrays.copyOf(SEAL, version % 5 == 0 ? LONG_SEAL : SEAL.length);
    }

    private static boolean isSealed(byte[] content) {
        return content.length >= SEAL.length && Arrays.equals(content, 0, SEAL.length, SEAL, 0, SEAL.length);
    }

    private List<String> records() {
        List<String> lines = new ArrayList<>();
        for (StoreLayout layout : List.of(ITEMS, COUNTERS, PEOPLE)) {
            Transcript.drain(storage().scan(layout, Transcript.everything(layout)))
                    .forEach(image -> lines.add(Transcript.of(image)));
        }
        lines.add(Transcript.of(storage().read(PEOPLE, "b")));
        return lines;
    }

    /** Checks that the log is as it was but for what {@code erased} is about, whoever reads it how, and all else is as it was. */
    private void assertErased(ErasedRecords... erased) {
        List<LoggedCommit> expected = expected(log, erased);
        assertLog(expected);
        assertVersions(expected);
        assertThat(storage().commitAt(LIMIT).map(Transcript::of)).contains(Transcript.of(expected.get(LIMIT - 1)));
        assertThat(records()).isEqualTo(records);
        assertThat(storage().head().sequence()).isEqualTo(DEPTH);
        assertThat(storage().check()).isEmpty();
    }

    private static List<LoggedCommit> expected(List<LoggedCommit> commits, ErasedRecords... erased) {
        return commits.stream()
                .map(commit -> new LoggedCommit(
                        commit.header(),
                        commit.changes().stream()
                                .map(change -> ErasedRecords.erased(List.of(erased), change))
                                .toList(),
                        commit.hash()))
                .toList();
    }

    private void assertLog(List<LoggedCommit> expected) {
        assertThat(storage().commitsAfter(0, Integer.MAX_VALUE).stream().map(Transcript::of))
                .isEqualTo(expected.stream().map(Transcript::of).toList());
    }

    private void assertVersions(List<LoggedCommit> expected) {
        for (StoreLayout layout : List.of(ITEMS, PEOPLE)) {
            for (Object key : List.of("a", "b")) {
                List<String> versions = changes(expected, layout, key)
                        .map(change -> change.version() + " " + Transcript.of(change))
                        .sorted()
                        .toList();
                assertThat(storage().versions(layout, key, Long.MAX_VALUE, 1).stream()
                                .map(LoggedVersion::change)
                                .map(change -> change.version() + " " + Transcript.of(change))
                                .sorted())
                        .as("%s/%s", layout.name(), key)
                        .isEqualTo(versions);
            }
        }
    }

    private static Stream<LoggedChange> changes(List<LoggedCommit> commits, StoreLayout layout, Object key) {
        return commits.stream()
                .flatMap(commit -> commit.changes().stream())
                .filter(change ->
                        change.storeId() == layout.id() && change.key().equals(key));
    }

    @Test
    void erasedChangesAreReadSealedAndTheRestIsAsItWas() {
        ErasedRecords erased = of(PEOPLE, DEPTH, "a");
        storage().erase(List.of(erased));
        assertErased(erased);
        assertThat(changes(storage().commitsAfter(0, Integer.MAX_VALUE), PEOPLE, "a"))
                .hasSize(DEPTH)
                .allMatch(EraseContract::isSealedWholly);
    }

    private static boolean isSealedWholly(LoggedChange change) {
        byte[] image = change.image();
        return isSealed(change.delta()) && (image == null || isSealed(image));
    }

    @Test
    void whatComesAfterTheLimitStays() {
        ErasedRecords erased = of(PEOPLE, LIMIT, "a");
        storage().erase(List.of(erased));
        assertErased(erased);
    }

    @Test
    void aRecordOfAnotherStoreWithTheSameKeyStays() {
        ErasedRecords erased = of(ITEMS, LIMIT, "a");
        storage().erase(List.of(erased));
        assertErased(erased);
    }

    @Test
    void severalStoresAndKeysAreErasedAtOnce() {
        ErasedRecords people = of(PEOPLE, DEPTH, "a", "b", "never there");
        ErasedRecords counters = of(COUNTERS, LIMIT, 1L, 2L);
        storage().erase(List.of(people, counters));
        assertErased(people, counters);
    }

    @Test
    void twiceIsAsOnceAndMoreIsAddedToIt() {
        ErasedRecords first = of(PEOPLE, LIMIT, "a");
        ErasedRecords second = of(PEOPLE, DEPTH, "a", "b");
        storage().erase(List.of(first));
        storage().erase(List.of(first));
        assertErased(first);
        storage().erase(List.of(first, second));
        storage().erase(List.of(second));
        assertErased(second);
    }

    @Test
    void itStaysErasedWhenReopened() {
        ErasedRecords erased = of(PEOPLE, LIMIT, "a", "b");
        storage().erase(List.of(erased));
        bench().reopen();
        assertErased(erased);
        storage().erase(List.of(erased));
        bench().reopen(Access.READ_ONLY);
        assertErased(erased);
    }

    @Test
    void whichColumnsArePersonalIsKnownAfterReopening() {
        assertThat(storage().layouts()).containsExactlyInAnyOrder(ITEMS, COUNTERS, PEOPLE);
        bench().reopen();
        assertThat(storage().layouts()).containsExactlyInAnyOrder(ITEMS, COUNTERS, PEOPLE);
    }

    @Test
    void whoDecidesReadsErasedChangesSealed() {
        ErasedRecords erased = of(PEOPLE, LIMIT, "a");
        storage().erase(List.of(erased));
        List<LoggedCommit> expected = expected(log, erased);
        commit(draft -> {
            assertThat(draft.view().changesAfter(PEOPLE, 0, Integer.MAX_VALUE).stream()
                            .filter(change -> change.key().equals("a"))
                            .map(Transcript::of))
                    .isEqualTo(
                            changes(expected, PEOPLE, "a").map(Transcript::of).toList());
            assertThat(draft.view().commitsAfter(0, 2).stream().map(Transcript::of))
                    .isEqualTo(
                            expected.subList(0, 2).stream().map(Transcript::of).toList());
        });
    }

    @Test
    void writersGoOnAndWhatTheyWriteStays() {
        ErasedRecords erased = of(PEOPLE, DEPTH, "a", "b");
        storage().erase(List.of(erased));
        assertHolds(commit(draft -> draft.put(PEOPLE, "a", "new", "code", 1L)
                .put(PEOPLE, "b", "new", null, 1L)
                .next()
                .delete(PEOPLE, "a")));
        List<LoggedCommit> later = storage().commitsAfter(DEPTH, Integer.MAX_VALUE);
        storage().erase(List.of(erased));
        bench().reopen();
        List<LoggedCommit> all = new ArrayList<>(expected(log, erased));
        all.addAll(later);
        assertLog(all);
        assertVersions(all);
    }

    @Test
    void aLogThatWasCutIsErasedFromItsStartOn() {
        Assumptions.assumeTrue(canDrop(), "The storage keeps its whole log");
        int cut = LIMIT / 2;
        ErasedRecords erased = of(PEOPLE, LIMIT, "a", "b");
        storage().dropThrough(cut);
        storage().erase(List.of(erased));
        assertThat(storage().start().sequence()).isEqualTo(cut);
        assertLog(expected(log.subList(cut, DEPTH), erased));
        storage().dropThrough(cut + 1);
        assertLog(expected(log.subList(cut + 1, DEPTH), erased));
        bench().reopen();
        assertThat(storage().start().sequence()).isEqualTo(cut + 1);
        assertLog(expected(log.subList(cut + 1, DEPTH), erased));
    }

    private boolean canDrop() {
        try {
            storage().dropThrough(0);
            return true;
        } catch (UnsupportedOperationException e) {
            return false;
        }
    }

    @Test
    void aLongHistoryIsErasedToItsEnd() {
        commit(draft -> {
            for (long number = 1; number <= MANY; number++) {
                draft.put(PEOPLE, "c", "name", null, number);
            }
        });
        storage().erase(List.of(of(PEOPLE, DEPTH + 1, "c")));
        assertThat(changes(storage().commitsAfter(DEPTH, 1), PEOPLE, "c"))
                .hasSize(MANY)
                .allMatch(EraseContract::isSealedWholly);
    }

    @Test
    void nothingIsErasedThroughAHandleForReading() {
        bench().reopen(Access.READ_ONLY);
        assertUnchanged(() ->
                assertFailsAs(StorageException.Kind.PERMANENT, () -> storage().erase(List.of(of(PEOPLE, DEPTH, "a")))));
    }

    /** Records are erased one after the other; whoever has met an erased change of one meets all of it erased from then on. */
    @Test
    void nobodyReadsAnErasedChangeAndThenALaterOneThatIsNot() throws InterruptedException {
        commit(draft -> {
            for (int version = 0; version < 10; version++) {
                for (int record = 0; record < RACES; record++) {
                    draft.put(PEOPLE, "r" + record, "name", null, (long) version);
                }
                draft.next();
            }
        });
        AtomicBoolean isDone = new AtomicBoolean();
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        Thread reader = new Thread(() -> {
            try {
                boolean[] hasMet = new boolean[RACES];
                while (!isDone.get()) {
                    for (int record = 0; record < RACES; record++) {
                        hasMet[record] = requireInOrder("r" + record, hasMet[record]);
                    }
                }
            } catch (Throwable e) {
                failure.set(e);
            }
        });
        reader.start();
        try {
            for (int record = 0; record < RACES && failure.get() == null; record++) {
                storage().erase(List.of(of(PEOPLE, DEPTH + 10, "r" + record)));
            }
        } finally {
            isDone.set(true);
            reader.join();
        }
        assertThat(failure.get()).isNull();
    }

    /** Reads a record's changes, all at once and one by one; whether an erased one is among them, or was met before. */
    private boolean requireInOrder(String key, boolean hasMet) {
        List<LoggedChange> changes = changes(storage().commitsAfter(DEPTH, Integer.MAX_VALUE), PEOPLE, key)
                .toList();
        boolean met = requireInOrder(changes, hasMet);
        List<LoggedChange> oneByOne = new ArrayList<>();
        for (int version = 1; version <= changes.size(); version++) {
            storage().versions(PEOPLE, key, version, version).forEach(found -> oneByOne.add(found.change()));
        }
        return requireInOrder(oneByOne, met);
    }

    private static boolean requireInOrder(List<LoggedChange> changes, boolean hasMet) {
        boolean met = hasMet;
        for (LoggedChange change : changes) {
            boolean isSealed = isSealedWholly(change);
            assertThat(isSealed || !met)
                    .as("%s of %s", change.version(), change.key())
                    .isTrue();
            met = isSealed;
        }
        return met;
    }
}
