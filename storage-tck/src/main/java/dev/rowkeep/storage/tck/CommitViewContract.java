package dev.rowkeep.storage.tck;

import static dev.rowkeep.storage.tck.Stores.COUNTERS;
import static dev.rowkeep.storage.tck.Stores.ITEMS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rowkeep.spi.CommitView;
import dev.rowkeep.spi.CommitWork.RecordRef;
import dev.rowkeep.spi.LoggedCommit;
import dev.rowkeep.spi.StoreLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What a commit's decision sees. */
abstract class CommitViewContract extends ContractTests {
    CommitViewContract(StorageFixture fixture) {
        super(fixture, ITEMS, COUNTERS);
    }

    @Test
    void theViewStartsEmpty() {
        look(view -> {
            assertThat(view.head().sequence()).isZero();
            assertThat(view.head().hash()).containsOnly(0).hasSize(32);
            assertThat(view.image(ITEMS, "a")).isNull();
            assertThat(view.owner(ITEMS, 1, "A1")).isNull();
            assertThat(view.commitsAfter(0, 10)).isEmpty();
        });
    }

    @Test
    void theViewHoldsTheNewestCommit() {
        commit(draft -> draft.put(ITEMS, "a", "anvil", "A1", 5L));
        String head = Transcript.of(storage().head());
        look(view -> assertThat(Transcript.of(view.head())).isEqualTo(head));
    }

    @Test
    void theViewHoldsImagesAndTombstones() {
        commit(draft -> draft.put(ITEMS, "a", "anvil", "A1", 5L).put(ITEMS, "b", "bolt", null, null));
        commit(draft -> draft.delete(ITEMS, "b"));
        String live = Transcript.of(image(ITEMS, "a"));
        String tombstone = Transcript.of(image(ITEMS, "b"));
        Consumer<CommitView> expectations = view -> {
            assertThat(Transcript.of(view.image(ITEMS, "a"))).isEqualTo(live);
            assertThat(Transcript.of(view.image(ITEMS, "b"))).isEqualTo(tombstone);
            assertThat(view.image(ITEMS, "never")).isNull();
            assertThat(view.image(COUNTERS, 1L)).isNull();
        };
        look(expectations);
        look(List.of(new RecordRef(ITEMS, "a"), new RecordRef(ITEMS, "b")), expectations);
    }

    @Test
    void theViewAnswersBeyondItsHint() {
        commit(draft -> draft.put(ITEMS, "a", "anvil", "A1", 5L).put(COUNTERS, 1L, 9L));
        List<RecordRef> hint =
                List.of(new RecordRef(ITEMS, "a"), new RecordRef(ITEMS, "never"), new RecordRef(ITEMS, "a"));
        look(hint, view -> {
            assertThat(view.image(ITEMS, "a")).isNotNull();
            assertThat(view.image(ITEMS, "never")).isNull();
            assertThat(view.image(ITEMS, "neverHinted")).isNull();
            assertThat(view.image(COUNTERS, 1L)).isNotNull();
        });
    }

    @Test
    void aLongHintIsServed() {
        commit(draft -> {
            for (long i = 0; i < 5_000; i += 2) {
                draft.put(COUNTERS, i, -i);
            }
        });
        List<RecordRef> hint = new ArrayList<>();
        for (long i = 0; i < 5_000; i++) {
            hint.add(new RecordRef(COUNTERS, i));
        }
        look(hint, view -> {
            for (long i = 0; i < 5_000; i++) {
                boolean there = view.image(COUNTERS, i) != null;
                assertThat(there).as("counter %d", i).isEqualTo(i % 2 == 0);
            }
        });
    }

    @Test
    void theViewKnowsWhoOwnsAUniqueValue() {
        commit(draft -> draft.put(ITEMS, "a", "anvil", "A1", 5L).put(ITEMS, "b", "bolt", "B1", 5L));
        commit(draft -> draft.put(ITEMS, "b", "bolt", "B2", 5L));
        look(view -> {
            assertThat(view.owner(ITEMS, 1, "A1")).isEqualTo("a");
            assertThat(view.owner(ITEMS, 1, "a1")).isNull();
            assertThat(view.owner(ITEMS, 1, "B1")).isNull();
            assertThat(view.owner(ITEMS, 1, "B2")).isEqualTo("b");
        });
    }

    @Test
    void aTombstoneOwnsNothing() {
        commit(draft -> draft.put(ITEMS, "a", "anvil", "A1", 5L));
        commit(draft -> draft.delete(ITEMS, "a"));
        look(view -> assertThat(view.owner(ITEMS, 1, "A1")).isNull());
    }

    @Test
    void theViewReadsTheLog() {
        for (long i = 1; i <= 10; i++) {
            long value = i;
            commit(draft -> draft.put(COUNTERS, value % 3, value).put(ITEMS, "i" + value, "n", null, value));
        }
        List<String> log = texts(storage().commitsAfter(0, Integer.MAX_VALUE));
        look(view -> {
            for (int after = 0; after <= 10; after++) {
                for (int most : new int[] {1, 2, 10, 1000}) {
                    assertThat(texts(view.commitsAfter(after, most)))
                            .isEqualTo(log.subList(after, Math.min(10, after + Math.min(most, 10))));
                }
            }
        });
    }

    @Test
    void theViewReadsTheChangesOfOneStore() {
        for (long i = 1; i <= 6; i++) {
            long value = i;
            commit(draft -> {
                draft.put(COUNTERS, value % 2, value).put(ITEMS, "i" + value, "n", null, value);
                if (value % 3 == 0) {
                    draft.put(COUNTERS, 9L, value);
                }
            });
        }
        for (StoreLayout layout : List.of(ITEMS, COUNTERS)) {
            look(view -> {
                for (int after = 0; after <= 6; after++) {
                    List<String> log = view.commitsAfter(after, 100).stream()
                            .flatMap(commit -> commit.changes().stream())
                            .filter(change -> change.storeId() == layout.id())
                            .map(Transcript::of)
                            .toList();
                    for (int most : new int[] {1, 2, 5, 1000}) {
                        assertThat(view.changesAfter(layout, after, most).stream()
                                        .map(Transcript::of))
                                .isEqualTo(log.subList(0, Math.min(most, log.size())));
                    }
                }
            });
        }
    }

    @Test
    void theViewIsWhatTheCommitBeforeLeft() {
        for (long i = 1; i <= 50; i++) {
            long round = i;
            commit(draft -> {
                assertThat(draft.view().head().sequence()).isEqualTo(round - 1);
                var image = draft.view().image(COUNTERS, 1L);
                assertThat(image == null ? 0 : image.version()).isEqualTo(round - 1);
                draft.put(COUNTERS, 1L, round);
            });
        }
    }

    @Test
    void theDecisionIsAskedForOnEveryCommit() {
        AtomicInteger decisions = new AtomicInteger();
        for (int i = 1; i <= 10; i++) {
            int before = decisions.get();
            look(view -> decisions.incrementAndGet());
            assertThat(decisions.get()).isGreaterThan(before);
        }
    }

    private void look(Consumer<CommitView> expectations) {
        look(List.of(), expectations);
    }

    private void look(List<RecordRef> hint, Consumer<CommitView> expectations) {
        bench().commit(hint, draft -> expectations.accept(draft.view()));
    }

    private static List<String> texts(List<LoggedCommit> commits) {
        return commits.stream().map(Transcript::of).toList();
    }
}
