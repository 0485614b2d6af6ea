package dev.rowkeep.storage.tck;

import static dev.rowkeep.storage.tck.Stores.COUNTERS;
import static dev.rowkeep.storage.tck.Stores.ITEMS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StorageException.Kind;
import org.junit.jupiter.api.Test;

/** What {@code decide} throws passes unchanged, after a rollback. */
abstract class FailedDecisionContract extends ContractTests {
    FailedDecisionContract(StorageFixture fixture) {
        super(fixture, ITEMS, COUNTERS);
    }

    @Test
    void aRuntimeExceptionPassesUnchangedAndLeavesNothing() {
        assertPasses(new IllegalStateException("from the decision"));
    }

    @Test
    void aStorageExceptionOfTheDecisionPassesUnchanged() {
        for (Kind kind : Kind.values()) {
            assertPasses(new StorageException(kind, "from the decision", null));
        }
    }

    @Test
    void anErrorPassesUnchangedAndLeavesNothing() {
        assertPasses(new AssertionError("from the decision"));
        assertPasses(new StackOverflowError());
    }

    @Test
    void manyFailedDecisionsLeaveTheStorageUsable() {
        commit(draft -> draft.put(ITEMS, "a", "anvil", "A1", 1L));
        assertUnchanged(() -> {
            for (int i = 0; i < 500; i++) {
                IllegalStateException mine = new IllegalStateException("attempt " + i);
                assertThat(catchThrowable(() -> commit(draft -> {
                            throw mine;
                        })))
                        .isSameAs(mine);
            }
        });
        assertHolds(commit(draft -> draft.put(ITEMS, "a", "anvil", "A2", 1L)));
    }

    private void assertPasses(Throwable failure) {
        commit(draft -> draft.put(ITEMS, "a", "anvil", "A1", 1L));
        assertUnchanged(() -> assertThat(catchThrowable(() -> commit(draft -> {
                    draft.put(ITEMS, "a", "axe", "A2", 2L).put(COUNTERS, 1L, 1L);
                    FailedDecisionContract.<RuntimeException>raise(failure);
                })))
                .isSameAs(failure));
        assertHolds(commit(draft -> draft.put(ITEMS, "a", "anvil", "A3", 3L)));
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void raise(Throwable failure) throws T {
        throw (T) failure;
    }
}
