package dev.rowkeep.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowkeep.commit.Author;
import dev.rowkeep.spi.Image;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Every order of a load and a commit of the same key: what is cached is never older than what was published. */
final class ImageCacheTest {
    private final ImageCache<Version> cache = new ImageCache<>(100, version(-1));

    private record Version(Image image) implements ImageCache.Entry {}

    private static Version version(long number) {
        return new Version(new Image(
                "k", number, number << 20, Image.Liveness.LIVE, new Object[0], Author.system("test"), 0, null, 0));
    }

    private long cached() {
        Version entry = cache.peek("k");
        return entry == null ? 0 : entry.image().version();
    }

    private void commit(long number) {
        cache.openWindow("k");
        cache.publish("k", version(number));
        cache.closeWindow(List.of("k"));
    }

    @Test
    void loadIsKept() {
        cache.load("k", key -> version(1));
        assertThat(cached()).isEqualTo(1);
    }

    @Test
    void loadThatBeganBeforeACommitNeverReplacesWhatThatPublished() {
        cache.load("k", key -> {
            commit(2);
            return version(1);
        });
        assertThat(cached()).isEqualTo(2);
    }

    @Test
    void loadThatBeganBeforeACommitIsNotKeptEvenIfThePublishedImageWasEvicted() {
        ImageCache<Version> tiny = new ImageCache<>(0, version(-1));
        tiny.load("k", key -> {
            tiny.openWindow("k");
            tiny.closeWindow(List.of("k"));
            return version(1);
        });
        assertThat(tiny.peek("k")).isNull();
        cache.load("k", key -> {
            cache.openWindow("k");
            cache.closeWindow(List.of("k"));
            return version(1);
        });
        assertThat(cached()).isZero();
    }

    @Test
    void loadWithinAWindowIsNotKept() {
        cache.openWindow("k");
        cache.load("k", key -> version(1));
        assertThat(cached()).isZero();
        cache.publish("k", version(2));
        cache.closeWindow(List.of("k"));
        assertThat(cached()).isEqualTo(2);
    }

    @Test
    void loadThatBeganWithinAWindowAndEndsAfterItIsNotKept() {
        cache.openWindow("k");
        cache.load("k", key -> {
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
            cache.load("k", key -> {
                assertThat(leader.submit(() -> commit(2))).succeedsWithin(Duration.ofSeconds(10));
                return version(1);
            });
        } finally {
            leader.shutdownNow();
        }
        assertThat(cached()).isEqualTo(2);
    }
}
