package dev.rowkeep.storage.tck;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Timeout.ThreadMode.SEPARATE_THREAD;

import dev.rowkeep.query.Condition;
import dev.rowkeep.query.Order;
import dev.rowkeep.spi.CommitPlan;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.QuerySpec;
import dev.rowkeep.spi.RowWrite;
import dev.rowkeep.spi.Storage;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StoreLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/**
 * What the suites of the kit share: a fresh storage for each test, and assertions over what it holds.
 *
 * <p>Every test has a time limit and a thread of its own, so that a storage that waits for itself fails instead of hanging.
 */
@Timeout(value = 60, unit = SECONDS, threadMode = SEPARATE_THREAD)
abstract class ContractTests {
    private static final int MOST_COMPARED = 2_000;

    private final StorageFixture fixture;
    private final StoreLayout[] layouts;
    private Bench bench;

    /** A suite whose tests find {@code layouts} installed. */
    ContractTests(StorageFixture fixture, StoreLayout... layouts) {
        this.fixture = fixture;
        this.layouts = layouts;
    }

    @BeforeEach
    final void openStorage() {
        bench = new Bench(fixture, layouts);
    }

    @AfterEach
    final void closeStorage() {
        if (bench != null) {
            bench.close();
        }
    }

    final StorageFixture fixture() {
        return fixture;
    }

    final Bench bench() {
        return bench;
    }

    final Storage storage() {
        return bench.storage();
    }

    final CommitPlan commit(Consumer<PlanDraft> draft) {
        return bench.commit(draft);
    }

    /** The record's image, which must be there. */
    final Image image(StoreLayout layout, Object key) {
        return present(storage().read(layout, key));
    }

    /** The image, which must not be null. */
    static Image present(@Nullable Image image) {
        if (image == null) {
            throw new AssertionError("There is no image of a record that must be there");
        }
        return image;
    }

    final List<String> keys(StoreLayout layout, Condition where, Order... orders) {
        return keys(Transcript.drain(storage().scan(layout, query(layout, where, orders))));
    }

    static List<String> keys(List<Image> images) {
        return images.stream().map(image -> String.valueOf(image.key())).toList();
    }

    /** All results of {@code where} with all cells, by {@code orders} and then by key. */
    static QuerySpec query(StoreLayout layout, Condition where, Order... orders) {
        List<Order> all = new ArrayList<>(List.of(orders));
        all.add(Transcript.byKey(layout));
        return new QuerySpec(where, all, Optional.empty(), Integer.MAX_VALUE, Transcript.allCells(layout));
    }

    /**
     * Checks that the steps of {@code plan}, a sample of them if there are very many, are what the storage now holds, and that its
     * commits are the newest.
     */
    final void assertHolds(CommitPlan plan) {
        int step = 1 + plan.writes().size() / MOST_COMPARED;
        for (int i = 0; i < plan.writes().size(); i += step) {
            RowWrite write = plan.writes().get(i);
            assertThat(Transcript.of(
                            storage().read(write.layout(), write.after().key())))
                    .isEqualTo(Transcript.of(write.after()));
        }
        long first = plan.commits().get(0).header().sequence();
        assertThat(storage().commitsAfter(first - 1, Integer.MAX_VALUE).stream().map(Transcript::of))
                .isEqualTo(plan.commits().stream().map(Transcript::of).toList());
    }

    /** Checks that the record is live in {@code version} with {@code cells}. */
    final void assertLive(StoreLayout layout, Object key, long version, @Nullable Object... cells) {
        Image image = image(layout, key);
        assertThat(image.isLive()).as("is live").isTrue();
        assertThat(image.version()).isEqualTo(version);
        assertThat(image.cells()).containsExactly(cells);
    }

    /** Checks that {@code draft} is refused as {@code kind} and that the storage holds what it held, and goes on working. */
    final void assertRefused(StorageException.Kind kind, Consumer<PlanDraft> draft) {
        assertUnchanged(() -> assertFailsAs(kind, () -> commit(draft)));
        assertHolds(commit(next -> next.put(Stores.COUNTERS, Long.MAX_VALUE, 1L)));
    }

    /** Checks that {@code action} leaves everything that can be read as it was. */
    final void assertUnchanged(Runnable action) {
        List<String> before = Transcript.of(storage());
        action.run();
        assertThat(Transcript.of(storage())).isEqualTo(before);
    }

    static void assertFailsAs(StorageException.Kind kind, ThrowingCallable call) {
        Throwable failure = catchThrowable(call);
        assertThat(failure).isInstanceOf(StorageException.class);
        assertThat(((StorageException) failure).kind()).isEqualTo(kind);
        assertThat(failure).hasMessageMatching("(?s).{10,}");
    }
}
