package dev.rowkeep.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowkeep.commit.Author;
import dev.rowkeep.spi.ChangeStamps;
import dev.rowkeep.spi.Image;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Every order of a load and a commit of the same key: what is cached is never older than what was published. */
final class ImageCacheTest {
    private final ImageCache<Version> cache = new ImageCache<>(100, version(-1), null);

    private record Version(Image image, long stamp) implements ImageCache.Entry {}

    private static Version version(long number) {
        return version(number, 0);
    }

    private static Version version(long number, long stamp) {
        return new Version(
                new Image(
                        "k",
                        number,
                        number << 20,
                        Image.Liveness.LIVE,
                        new Object[0],
                        Author.system("test"),
                        0,
                        null,
                        0),
                stamp);
    }

    private long cached() {
        Version entry = cache.peek("k");
        return entry == null ? 0 : entry.image().version();
    }

    private void commit(long number) {
        cache.openWindow("k");
        cache.publish("k", stamp -> version(number));
        cache.closeWindow(List.of("k"));
    }

    @Test
    void loadIsKept() {
        cache.load("k", (key, stamp) -> version(1));
        assertThat(cached()).isEqualTo(1);
    }

    @Test
    void loadThatBeganBeforeACommitNeverReplacesWhatThatPublished() {
        cache.load("k", (key, stamp) -> {
            commit(2);
            return version(1);
        });
        assertThat(cached()).isEqualTo(2);
    }

    @Test
    void loadThatBeganBeforeACommitIsNotKeptEvenIfThePublishedImageWasEvicted() {
        ImageCache<Version> tiny = new ImageCache<>(0, version(-1), null);
        tiny.load("k", (key, stamp) -> {
            tiny.openWindow("k");
            tiny.closeWindow(List.of("k"));
            return version(1);
        });
        assertThat(tiny.peek("k")).isNull();
        cache.load("k", (key, stamp) -> {
            cache.openWindow("k");
            cache.closeWindow(List.of("k"));
            return version(1);
        });
        assertThat(cached()).isZero();
    }

    @Test
    void loadWithinAWindowIsNotKept() {
        cache.openWindow("k");
        cache.load("k", (key, stamp) -> version(1));
        assertThat(cached()).isZero();
        cache.publish("k", stamp -> version(2));
        cache.closeWindow(List.of("k"));
        assertThat(cached()).isEqualTo(2);
    }

    @Test
    void loadThatBeganWithinAWindowAndEndsAfterItIsNotKept() {
        cache.openWindow("k");
        cache.load("k", (key, stamp) -> {
            cache.closeWindow(List.of("k"));
            return version(1);
        });
        assertThat(cached()).isZero();
    }

    @Test
    void keyIsNotCachedFromTheMomentItsCommitMayBeVisible() {
        commit(1);
        cache.openWindow("k");
        assertThat(cached()).isZero();
        cache.closeWindow(List.of("k"));
        assertThat(cached()).isZero();
    }

    @Test
    void recordMadeOfTheImageThatIsHereIsKept() {
        commit(1);
        Version made = version(1);
        cache.replace("k", cache.peek("k"), made);
        assertThat(cache.peek("k")).isSameAs(made);
    }

    @Test
    void recordMadeOfAnImageThatACommitReplacedIsNotKept() {
        commit(1);
        Version old = cache.peek("k");
        commit(2);
        cache.replace("k", old, version(1));
        assertThat(cached()).isEqualTo(2);
    }

    @Test
    void entryThatAnotherProcessMadeOldIsNotGivenOutAndItsSuccessorTakesItsPlace() {
        Stamps elsewhere = new Stamps();
        ImageCache<Version> shared = new ImageCache<>(100, version(-1), elsewhere);
        shared.load("k", (key, stamp) -> version(1, stamp));
        assertThat(shared.peek("k")).isNotNull();
        elsewhere.begun++;
        assertThat(shared.peek("k")).isNull();
        shared.load("k", (key, stamp) -> version(1, stamp));
        assertThat(shared.peek("k"))
                .as("loaded while that commit was under way")
                .isNull();
        elsewhere.ended++;
        shared.load("k", (key, stamp) -> version(2, stamp));
        assertThat(shared.peek("k").image().version()).isEqualTo(2);
    }

    @Test
    void loadThatACommitOfAnotherProcessOvertookIsNotKept() {
        Stamps elsewhere = new Stamps();
        ImageCache<Version> shared = new ImageCache<>(100, version(-1), elsewhere);
        shared.load("k", (key, stamp) -> {
            elsewhere.begun++;
            elsewhere.ended++;
            return version(1, stamp);
        });
        assertThat(shared.peek("k")).isNull();
    }

    @Test
    void publishedImageThatAnotherProcessHasOvertakenIsNotGivenOut() {
        Stamps elsewhere = new Stamps();
        ImageCache<Version> shared = new ImageCache<>(100, version(-1), elsewhere);
        shared.openWindow("k");
        long committed = elsewhere.begun;
        elsewhere.begun++;
        shared.publish("k", stamp -> version(1, committed));
        shared.closeWindow(List.of("k"));
        assertThat(shared.peek("k")).isNull();
    }

    /** What a storage tells of another process's commits. */
    private static final class Stamps implements ChangeStamps {
        private long begun;
        private long ended;

        @Override
        public long stamp(Object key) {
            return begun == ended ? begun : UNSETTLED;
        }

        @Override
        public boolean isCurrent(Object key, long stamp) {
            return begun == stamp;
        }

        @Override
        public long committedStamp(Object key) {
            return begun;
        }
    }

    @Test
    void recordMadeOfAnImageThatACommitTookOutIsNotKept() {
        commit(1);
        Version old = cache.peek("k");
        cache.openWindow("k");
        cache.replace("k", old, version(1));
        assertThat(cached()).isZero();
    }

    @Test
    void loaderThatTakesItsTimeKeepsNoCommitOfItsKeyWaiting() throws Exception {
        ExecutorService leader = Executors.newSingleThreadExecutor();
        try {
            cache.load("k", (key, stamp) -> {
                assertThat(leader.submit(() -> commit(2))).succeedsWithin(Duration.ofSeconds(10));
                return version(1);
            });
        } finally {
            leader.shutdownNow();
        }
        assertThat(cached()).isEqualTo(2);
    }
}
